package myxds.gate.conflict;

import myxds.resource.Finding;

/** Says what is wrong with one message and what it holds. */
@FunctionalInterface
interface Check extends Look<Finding> {}
