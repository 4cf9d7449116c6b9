package dev.watchnchill.server.tidy;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads the syntax trees of Java files, without resolving types. */
final class JavaSource {
  /**
   * A documentation comment.
   *
   * @param place file and line
   */
  record Documentation(String place, String text) {}

  /**
   * A switch over type patterns that has a default.
   *
   * @param place file and line
   * @param types the simple names of the patterns' types
   */
  private record OpenSwitch(String place, Set<String> types) {}

  private final List<Documentation> documentation = new ArrayList<>();
  private final List<OpenSwitch> switches = new ArrayList<>();
  private final Set<String> sealed = new HashSet<>();
  private final Map<String, Set<String>> supertypes = new HashMap<>();

  private JavaSource() {}

  /** Parses the files. */
  static JavaSource parse(Path root, List<Path> files) throws IOException {
    var source = new JavaSource();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        source.new Scanner(root, trees, unit).scan(unit, null);
      }
    }
    return source;
  }

  /** Returns all documentation comments. */
  List<Documentation> documentation() {
    return documentation;
  }

  /** Returns the places of switches that have a default over a sealed type of these files. */
  List<String> defaultsOverSealedTypes() {
    return switches.stream()
        .filter(open -> open.types().stream().anyMatch(this::isSealed))
        .map(OpenSwitch::place)
        .toList();
  }

  private boolean isSealed(String type) {
    return sealed.contains(type)
        || supertypes.getOrDefault(type, Set.of()).stream().anyMatch(this::isSealed);
  }

  private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Path root;
    private final DocTrees trees;
    private final CompilationUnitTree unit;

    Scanner(Path root, DocTrees trees, CompilationUnitTree unit) {
      this.root = root;
      this.trees = trees;
      this.unit = unit;
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
      if (tree != null && getCurrentPath() != null) {
        String text = trees.getDocComment(new TreePath(getCurrentPath(), tree));
        if (text != null) {
          documentation.add(new Documentation(place(tree), text.strip()));
        }
      }
      return super.scan(tree, null);
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      String name = tree.getSimpleName().toString();
      if (tree.getModifiers().getFlags().contains(Modifier.SEALED)) {
        sealed.add(name);
      }
      Set<String> above = supertypes.computeIfAbsent(name, _ -> new HashSet<>());
      Stream.concat(Stream.ofNullable(tree.getExtendsClause()), tree.getImplementsClause().stream())
          .forEach(type -> above.add(simpleName(type)));
      return super.visitClass(tree, null);
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
      visitCases(tree, tree.getCases());
      return super.visitSwitch(tree, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
      visitCases(tree, tree.getCases());
      return super.visitSwitchExpression(tree, null);
    }

    private void visitCases(Tree tree, List<? extends CaseTree> cases) {
      var types = new HashSet<String>();
      boolean hasDefault = false;
      for (CaseTree one : cases) {
        for (var label : one.getLabels()) {
          hasDefault |= label instanceof DefaultCaseLabelTree;
          if (label instanceof PatternCaseLabelTree pattern) {
            types.add(typeOf(pattern.getPattern()));
          }
        }
      }
      if (hasDefault && !types.isEmpty()) {
        switches.add(new OpenSwitch(place(tree), types));
      }
    }

    private static String typeOf(PatternTree pattern) {
      if (pattern instanceof BindingPatternTree binding) {
        Tree type = binding.getVariable().getType();
        return type == null ? "" : simpleName(type);
      }
      return pattern instanceof DeconstructionPatternTree record
          ? simpleName(record.getDeconstructor())
          : "";
    }

    private static String simpleName(Tree type) {
      String name = type.toString();
      int generic = name.indexOf('<');
      String raw = generic < 0 ? name : name.substring(0, generic);
      return raw.substring(raw.lastIndexOf('.') + 1);
    }

    private String place(Tree tree) {
      long line =
          unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
      return root.relativize(Path.of(unit.getSourceFile().toUri())) + ":" + line;
    }
  }
}
