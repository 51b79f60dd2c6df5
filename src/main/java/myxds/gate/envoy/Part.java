package myxds.gate.envoy;

import com.google.gson.JsonObject;
import java.util.List;
import myxds.resource.Resource;

/**
 * One thing in a bootstrap's static resources.
 *
 * @param list where it stands: {@code listeners}, {@code clusters}, {@code secrets}
 * @param resource what it comes from
 * @param inlined what was put into it, because only that way it is looked at
 */
record Part(String list, JsonObject json, Resource resource, List<Resource> inlined) {

  Part {
    inlined = List.copyOf(inlined);
  }
}
