package myxds.discovery.engine;

import java.util.List;
import myxds.resource.ResourceType;

/**
 * Where a client stands with one type; immutable.
 *
 * @param names that it asked for, {@code *} for all; one list for all clients that ask alike
 * @param sent the version that it was brought to; empty when none yet
 * @param acked the version that it accepted last; empty when none yet
 * @param settled whether it runs {@code sent}, and nothing waits to be sent or to be judged
 * @param waitingFor what has to happen before it is told of more; empty when nothing
 */
public record Standing(
    ResourceType type,
    List<String> names,
    String sent,
    String acked,
    boolean settled,
    String waitingFor) {}
