package io.tributary.sql;

import com.google.zetasql.AnyResolvedExprProto;
import com.google.zetasql.ClientChannelProvider;
import com.google.zetasql.FunctionProtos.FunctionArgumentTypeProto;
import com.google.zetasql.FunctionProtos.FunctionProto;
import com.google.zetasql.FunctionProtos.FunctionSignatureProto;
import com.google.zetasql.LocalService.AnalyzeRequest;
import com.google.zetasql.LocalService.AnalyzeResponse;
import com.google.zetasql.LocalService.LanguageOptionsRequest;
import com.google.zetasql.LocalService.RegisterCatalogRequest;
import com.google.zetasql.ResolvedQueryStmtProto;
import com.google.zetasql.SimpleCatalogProtos.SimpleCatalogProto;
import com.google.zetasql.SimpleCatalogProtos.SimpleCatalogProto.NamedTypeProto;
import com.google.zetasql.SimpleTableProtos.SimpleColumnProto;
import com.google.zetasql.SimpleTableProtos.SimpleTableProto;
import com.google.zetasql.ZetaSQLFunctions.FunctionEnums.Mode;
import com.google.zetasql.ZetaSQLFunctions.SignatureArgumentKind;
import com.google.zetasql.ZetaSQLOptions.ErrorMessageMode;
import com.google.zetasql.ZetaSQLOptions.LanguageFeature;
import com.google.zetasql.ZetaSQLOptions.ParseLocationRecordType;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLOptions.ResolvedASTRewrite;
import com.google.zetasql.ZetaSQLOptionsProto.AnalyzerOptionsProto;
import com.google.zetasql.ZetaSQLOptionsProto.AnalyzerOptionsProto.QueryParameterProto;
import com.google.zetasql.ZetaSQLOptionsProto.LanguageOptionsProto;
import com.google.zetasql.ZetaSQLOptionsProto.ZetaSQLBuiltinFunctionOptionsProto;
import com.google.zetasql.ZetaSQLResolvedNodeKind.ResolvedNodeKind;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.ZetaSQLType.TypeProto;
import com.google.zetasql.ZetaSqlLocalServiceGrpc;
import com.google.zetasql.ZetaSqlLocalServiceGrpc.ZetaSqlLocalServiceBlockingStub;
import com.google.zetasql.io.grpc.Status;
import com.google.zetasql.io.grpc.StatusRuntimeException;
import io.tributary.row.Column;
import io.tributary.row.Schema;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Google's analyzer of GoogleSQL, in this process: a native library behind a local channel. Loaded
 * when it is first used, once; loading takes about a second. Thread-safe.
 *
 * <p>Asked through its messages, not through its Java classes, which leave out where a node stands
 * in the text.
 */
final class Analyzer {
  /** Names of types that BigQuery accepts besides the analyzer's own. */
  private static final Map<String, TypeKind> ALIASES =
      Map.of(
          "INT", TypeKind.TYPE_INT64,
          "INTEGER", TypeKind.TYPE_INT64,
          "BIGINT", TypeKind.TYPE_INT64,
          "SMALLINT", TypeKind.TYPE_INT64,
          "TINYINT", TypeKind.TYPE_INT64,
          "BYTEINT", TypeKind.TYPE_INT64);

  /** Times have microseconds. */
  private static final Set<LanguageFeature> NOT_IN_BIGQUERY =
      Set.of(LanguageFeature.FEATURE_TIMESTAMP_NANOS, LanguageFeature.FEATURE_TIMESTAMP_PICO_TYPE);

  /** What the analyzer makes of simpler parts, so that nothing else has to know it. */
  private static final List<ResolvedASTRewrite> REWRITES =
      List.of(
          ResolvedASTRewrite.REWRITE_PIVOT,
          ResolvedASTRewrite.REWRITE_UNPIVOT,
          ResolvedASTRewrite.REWRITE_MULTIWAY_UNNEST,
          ResolvedASTRewrite.REWRITE_LIKE_ANY_ALL,
          ResolvedASTRewrite.REWRITE_BUILTIN_FUNCTION_INLINER,
          ResolvedASTRewrite.REWRITE_FLATTEN);

  // held, because java.util.logging forgets the level of a logger that nobody holds
  private static final Logger CHANNEL_LOGGER =
      Logger.getLogger("com.google.zetasql.io.grpc.NameResolverRegistry");

  private final ZetaSqlLocalServiceBlockingStub service;
  private final AnalyzerOptionsProto options;
  private final AnalyzerOptionsProto queryOptions;
  private final SimpleCatalogProto functions;
  private final long catalog;

  private Analyzer() {
    CHANNEL_LOGGER.setLevel(Level.SEVERE); // warns that there is no DNS, which is not used
    service = ZetaSqlLocalServiceGrpc.newBlockingStub(ClientChannelProvider.loadChannel());
    LanguageOptionsProto language = language();
    SimpleCatalogProto.Builder builtIn =
        SimpleCatalogProto.newBuilder()
            .setName("tributary")
            .setBuiltinFunctionOptions(
                ZetaSQLBuiltinFunctionOptionsProto.newBuilder().setLanguageOptions(language));
    ALIASES.forEach(
        (name, kind) ->
            builtIn.addNamedType(
                NamedTypeProto.newBuilder()
                    .setName(name)
                    .setType(TypeProto.newBuilder().setTypeKind(kind))));
    catalog =
        service
            .registerCatalog(RegisterCatalogRequest.newBuilder().setSimpleCatalog(builtIn).build())
            .getRegisteredId();
    functions =
        builtIn.addCustomFunction(extreme("max_by")).addCustomFunction(extreme("min_by")).build();
    options =
        AnalyzerOptionsProto.newBuilder()
            .setLanguageOptions(language)
            .setErrorMessageMode(ErrorMessageMode.ERROR_MESSAGE_ONE_LINE)
            .setParseLocationRecordType(
                ParseLocationRecordType.PARSE_LOCATION_RECORD_FULL_NODE_SCOPE)
            .build();
    queryOptions =
        options.toBuilder()
            .setLanguageOptions(
                language.toBuilder()
                    .addReservedKeywords("QUALIFY") // else it needs a WHERE, GROUP BY or HAVING
                    .addSupportedStatementKinds(ResolvedNodeKind.RESOLVED_QUERY_STMT))
            .setPruneUnusedColumns(true)
            .addAllEnabledRewrites(REWRITES)
            .build();
  }

  /** An aggregate function that BigQuery has besides the analyzer's own. */
  private static FunctionProto extreme(String name) {
    return FunctionProto.newBuilder()
        .addNamePath(name)
        .setGroup("bigquery")
        .setMode(Mode.AGGREGATE)
        .addSignature(
            FunctionSignatureProto.newBuilder()
                .addArgument(any(SignatureArgumentKind.ARG_TYPE_ANY_1))
                .addArgument(any(SignatureArgumentKind.ARG_TYPE_ANY_2))
                .setReturnType(any(SignatureArgumentKind.ARG_TYPE_ANY_1)))
        .build();
  }

  private static FunctionArgumentTypeProto any(SignatureArgumentKind kind) {
    return FunctionArgumentTypeProto.newBuilder().setKind(kind).setNumOccurrences(1).build();
  }

  /** BigQuery's language: all there is, but for what BigQuery's types do not hold. */
  private LanguageOptionsProto language() {
    LanguageOptionsProto.Builder language =
        service
            .getLanguageOptions(
                LanguageOptionsRequest.newBuilder().setMaximumFeatures(true).build())
            .toBuilder()
            .setProductMode(ProductMode.PRODUCT_EXTERNAL);
    List<LanguageFeature> features =
        language.getEnabledLanguageFeaturesList().stream()
            .filter(feature -> !NOT_IN_BIGQUERY.contains(feature))
            .toList();
    return language.clearEnabledLanguageFeatures().addAllEnabledLanguageFeatures(features).build();
  }

  private static final class Holder {
    static final Analyzer INSTANCE = new Analyzer();
  }

  /**
   * @throws AnalyzerUnavailableException when the native library cannot be loaded here
   */
  static Analyzer get() throws AnalyzerUnavailableException {
    try {
      return Holder.INSTANCE;
    } catch (LinkageError e) {
      // a library for another platform, or none: the first time and, as NoClassDefFoundError, later
      throw new AnalyzerUnavailableException(e);
    }
  }

  /**
   * The analyzed expression, in the analyzer's own form.
   *
   * @param zone the zone of date and time literals without one
   * @throws AnalysisException with the analyzer's message, position included
   */
  AnyResolvedExprProto analyze(String expression, Schema columns, ZoneId zone)
      throws AnalysisException {
    AnalyzerOptionsProto.Builder withColumns = options.toBuilder().setDefaultTimezone(name(zone));
    for (Column column : columns.columns()) {
      TypeProtos.of(column.type())
          .ifPresent(
              type ->
                  withColumns.addExpressionColumns(
                      QueryParameterProto.newBuilder().setName(column.name()).setType(type)));
    }
    AnalyzeRequest request =
        AnalyzeRequest.newBuilder()
            .setOptions(withColumns)
            .setRegisteredCatalogId(catalog)
            .setSqlExpression(expression)
            .build();
    return analyzed(request).getResolvedExpression();
  }

  /**
   * The analyzed query, in the analyzer's own form.
   *
   * @param tables the schemas of the tables that it may read, by their names
   * @param zone the zone of date and time literals without one
   * @throws AnalysisException with the analyzer's message, position included
   */
  ResolvedQueryStmtProto analyzeQuery(String query, Map<String, Schema> tables, ZoneId zone)
      throws AnalysisException {
    SimpleCatalogProto.Builder withTables = functions.toBuilder();
    tables.forEach((name, schema) -> withTables.addTable(table(name, schema)));
    AnalyzeRequest request =
        AnalyzeRequest.newBuilder()
            .setOptions(queryOptions.toBuilder().setDefaultTimezone(name(zone)))
            .setSimpleCatalog(withTables)
            .setSqlStatement(query)
            .build();
    return analyzed(request).getResolvedStatement().getResolvedQueryStmtNode();
  }

  private static SimpleTableProto table(String name, Schema schema) {
    SimpleTableProto.Builder table = SimpleTableProto.newBuilder().setName(name);
    for (Column column : schema.columns()) {
      TypeProtos.of(column.type())
          .ifPresent(
              type ->
                  table.addColumn(
                      SimpleColumnProto.newBuilder().setName(column.name()).setType(type)));
    }
    return table.build();
  }

  private AnalyzeResponse analyzed(AnalyzeRequest request) throws AnalysisException {
    try {
      return service.analyze(request);
    } catch (StatusRuntimeException e) {
      String description = e.getStatus().getDescription();
      boolean ofTheText =
          e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
              || e.getStatus().getCode() == Status.Code.OUT_OF_RANGE; // a constant is too large
      if (ofTheText && description != null) {
        throw new AnalysisException(description);
      }
      throw new IllegalStateException("the SQL analyzer failed: " + e.getStatus(), e);
    }
  }

  /** The analyzer's name of a zone: it has one of its own for fixed offsets. */
  private static String name(ZoneId zone) {
    if (!(zone.normalized() instanceof ZoneOffset offset)) {
      return zone.getId();
    }
    return offset.equals(ZoneOffset.UTC) ? "UTC" : "Fixed/UTC" + offset.getId() + ":00";
  }

  /** The text is wrong; the message is the analyzer's and ends with the position. */
  static final class AnalysisException extends Exception {
    private static final long serialVersionUID = 1L;

    AnalysisException(String message) {
      super(message);
    }
  }

  /** The analyzer does not work on this machine. */
  static final class AnalyzerUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    AnalyzerUnavailableException(Throwable cause) {
      super(cause);
    }
  }
}
