package myxds.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    var inJar = Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
    return new String[] {"my-xds " + inJar.orElse("(not from a jar)")};
  }
}
