package myxds.gate;

import myxds.resource.Finding;
import myxds.resource.Resource;

/** A finding, and the resource that it is in. */
record Located(Resource resource, Finding finding) {}
