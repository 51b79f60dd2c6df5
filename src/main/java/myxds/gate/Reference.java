package myxds.gate;

import myxds.resource.FieldPath;
import myxds.resource.Problem.Severity;
import myxds.resource.ResourceType;

/**
 * A name by which one resource asks for another.
 *
 * @param type of what is asked for
 * @param name canonical
 * @param path where the name stands
 * @param missing how bad it is if there is no such thing
 */
record Reference(
    ResourceType type, String name, FieldPath path, Provider provider, Severity missing) {}
