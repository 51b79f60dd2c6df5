package myxds.gate;

import myxds.resource.Resource;

/**
 * A resource with the names by which it asks for others.
 *
 * @param common whether all groups have it
 */
record Member(Resource resource, Asking asking, boolean common) {}
