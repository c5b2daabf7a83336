package io.tributary.cli;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the launcher starts once after a build, so that Java keeps the classes of a command ready:
 * runs the command, and loads the classes of our own and of the driver that no command without a
 * database would load.
 */
public final class Training {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);
  private static final List<String> JARS =
      List.of("tributary-cli", "tributary-pipeline", "mariadb-java-client");

  private Training() {}

  /**
   * @param args of the command
   */
  public static void main(String[] args) throws IOException {
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = new File(jar).getName();
      if (JARS.stream().anyMatch(name::startsWith)) {
        load(jar);
      }
    }
    Main.main(args);
  }

  private static void load(String jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && !name.contains("-info"))
          .filter(name -> !name.startsWith("META-INF/"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .forEach(Training::loadClass);
    }
  }

  private static void loadClass(String name) {
    try {
      Class.forName(name, false, Training.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.debug("not loaded: {}", name, e); // it needs a library that is not there, nor in a run
    }
  }
}
