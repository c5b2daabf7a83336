package io.tributary.module;

import java.util.List;

/**
 * The modules of one package; found by ServiceLoader. Making one must not load a driver or Beam:
 * {@code lint} does it.
 */
public interface ModuleProvider {
  List<ModuleType<?, ?>> modules();
}
