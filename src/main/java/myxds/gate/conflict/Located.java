package myxds.gate.conflict;

import myxds.resource.Finding;
import myxds.resource.Resource;

/** A finding, and the resource that it is in. */
public record Located(Resource resource, Finding finding) {}
