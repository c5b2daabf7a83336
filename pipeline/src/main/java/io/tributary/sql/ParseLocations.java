package io.tributary.sql;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.zetasql.ParseLocationRangeProto;
import com.google.zetasql.ResolvedComputedColumnProto;
import com.google.zetasql.ResolvedNodeProto;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the nodes of the analyzer's tree stand in the text. Nodes of all kinds are searched, which
 * is slow: for messages only.
 */
final class ParseLocations {
  private final TextPositions positions;

  ParseLocations(TextPositions positions) {
    this.positions = positions;
  }

  /** Where a node stands; {@link Node.Span#NONE} when the analyzer does not say. */
  Node.Span of(Message node) {
    if (node instanceof ResolvedNodeProto found) {
      ParseLocationRangeProto range = found.getParseLocationRange();
      return found.hasParseLocationRange()
          ? new Node.Span(positions.ofByte(range.getStart()), positions.ofByte(range.getEnd()))
          : Node.Span.NONE;
    }
    Map<FieldDescriptor, Object> fields = node.getAllFields();
    for (Map.Entry<FieldDescriptor, Object> field : fields.entrySet()) {
      boolean isNode = field.getKey().getName().equals("parent") || fields.size() == 1;
      if (isNode && field.getValue() instanceof Message message) {
        return of(message);
      }
    }
    return Node.Span.NONE;
  }

  /** Where a node stands, or else the first part of it that the analyzer knows a place of. */
  Node.Span near(Message node) {
    Node.Span here = of(node);
    if (!here.equals(Node.Span.NONE)) {
      return here;
    }
    return search(node, this::near);
  }

  private static Node.Span search(Message node, Function<Message, Node.Span> find) {
    for (Object value : node.getAllFields().values()) {
      for (Object element : value instanceof List<?> list ? list : List.of(value)) {
        Node.Span span = element instanceof Message message ? find.apply(message) : Node.Span.NONE;
        if (!span.equals(Node.Span.NONE)) {
          return span;
        }
      }
    }
    return Node.Span.NONE;
  }

  /** Where the expression stands that computes a column; NONE for a column of a table. */
  Node.Span ofColumn(Message tree, long id) {
    if (tree instanceof ResolvedComputedColumnProto column
        && column.getColumn().getColumnId() == id
        && !column.getExpr().hasResolvedColumnRefNode()) {
      return of(column.getExpr());
    }
    return search(tree, message -> ofColumn(message, id));
  }
}
