package myxds.resource;

/** A finding, and the resource that it is in. */
public record Located(Resource resource, Finding finding) {}
