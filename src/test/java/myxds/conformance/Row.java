package myxds.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A behaviour of the protocol. The method's name is {@code row}, the number, {@code _} and the
 * behaviour as a sentence; several methods may show one row.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Row {
  int value();
}
