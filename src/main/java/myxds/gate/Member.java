package myxds.gate;

import java.util.List;
import myxds.resource.Resource;

/**
 * A resource with the names by which it asks for others.
 *
 * @param common whether all groups have it
 */
record Member(Resource resource, List<Reference> references, boolean common) {}
