package io.tributary.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.tributary.module.Registry;
import io.tributary.spec.Spec;
import io.tributary.spec.SpecDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages of the modules, and the list of them in the README, are what the specs say. {@code make
 * docs} writes them.
 */
class GeneratedDocsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGES = ROOT.resolve("docs/modules");
  private static final Path README = ROOT.resolve("README.md");
  private static final String BEGIN = "<!-- modules: written by `make docs` -->\n";
  private static final String END = "<!-- end of modules -->\n";
  private static final boolean WRITE = "write".equals(System.getProperty("golden"));

  @Test
  void everyModuleHasAPageAndNoPageIsStale() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (Spec<?> spec : specs()) {
      expected.put(spec.kind() + "/" + spec.name() + ".md", SpecDocs.page(spec));
    }
    if (WRITE) {
      write(expected);
    }

    assertThat("run `make docs`", pages(), is(expected));
  }

  @Test
  void theReadmeListsEveryModule() throws IOException {
    StringBuilder list = new StringBuilder("| kind | module | what it does |\n|---|---|---|\n");
    for (Spec<?> spec : specs()) {
      String page = "docs/modules/" + spec.kind() + "/" + spec.name() + ".md";
      list.append("| ")
          .append(spec.kind())
          .append(" | [`")
          .append(spec.name())
          .append("`](")
          .append(page)
          .append(") | ")
          .append(spec.summary())
          .append(" |\n");
    }
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    if (WRITE) {
      Files.writeString(README, readme.substring(0, begin) + list + readme.substring(end));
      return;
    }

    assertThat("run `make docs`", readme.substring(begin, end), is(list.toString()));
  }

  private static List<Spec<?>> specs() {
    Registry registry = Registry.load();
    List<Spec<?>> specs = new ArrayList<>();
    for (Spec.Kind kind : Spec.Kind.values()) {
      specs.addAll(registry.all(kind));
    }
    return specs;
  }

  private static Map<String, String> pages() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.walk(PAGES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        pages.put(PAGES.relativize(file).toString(), Files.readString(file));
      }
    }
    return pages;
  }

  private static void write(Map<String, String> expected) throws IOException {
    for (Map.Entry<String, String> page : expected.entrySet()) {
      Path file = PAGES.resolve(page.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, page.getValue());
    }
    for (String page : pages().keySet()) {
      if (!expected.containsKey(page)) {
        Files.delete(PAGES.resolve(page));
      }
    }
  }
}
