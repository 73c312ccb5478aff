// What openapi-typescript takes of the API that TypeScript had up to version 5 and no longer has: it builds declarations
// node by node and prints them. Here a node prints itself. A function that is missing is an error and not a wrong type.

/** Kinds and flags are their own names. */
const names = new Proxy({}, { get: (_names, name) => name });

const SIGNS = { QuestionToken: "?", MinusToken: "-" };
const NO_TYPES = ["InterfaceDeclaration", "TypeAliasDeclaration"];

function node(kind, print, more = {}) {
  return { kind, print, ...more };
}

/** A word or a sign of the language, by its kind. */
function token(kind) {
  return node(kind, () => SIGNS[kind] ?? kind.replace(/Keyword$/, "").toLowerCase());
}

function name(text) {
  return typeof text === "string" ? node("Identifier", () => text, { text, escapedText: text }) : text;
}

/** `before` stands in front of each node, so that none of none is nothing. */
function all(nodes, before, after = "") {
  return (nodes ?? []).map((one) => `${before}${one.print()}${after}`).join("");
}

function list(nodes, separator) {
  return nodes.map((one) => one.print()).join(separator);
}

const factory = {
  createIdentifier: name,
  createModifier: token,
  createToken: token,
  createKeywordTypeNode: token,
  createTrue: () => token("TrueKeyword"),
  createFalse: () => token("FalseKeyword"),
  createNull: () => token("NullKeyword"),
  createNodeArray: (nodes) => nodes,
  createStringLiteral: (text) => node("StringLiteral", () => JSON.stringify(text), { text }),
  createNumericLiteral: (value) => node("NumericLiteral", () => String(value), { text: String(value) }),
  createPrefixUnaryExpression: (sign, operand) => node("PrefixUnary", () => token(sign).print() + operand.print()),
  createLiteralTypeNode: (literal) => node("LiteralType", () => literal.print(), { literal }),
  createArrayTypeNode: (element) => node("ArrayType", () => `(${element.print()})[]`),
  createTupleTypeNode: (elements) => node("TupleType", () => `[${list(elements, ", ")}]`),
  createRestTypeNode: (type) => node("RestType", () => `...${type.print()}`),
  createUnionTypeNode: (types) => node("UnionType", () => `(${list(types, " | ")})`),
  createIntersectionTypeNode: (types) => node("IntersectionType", () => `(${list(types, " & ")})`),
  createIndexedAccessTypeNode: (type, index) => node("IndexedAccess", () => `${type.print()}[${index.print()}]`),
  createTypeReferenceNode: (type, of) =>
    node("TypeReference", () => name(type).print() + (of?.length ? `<${list(of, ", ")}>` : "")),
  createTypeLiteralNode: (members) => node("TypeLiteral", () => `{${all(members, " ", ";")} }`, { members }),
  createPropertySignature(modifiers, key, questionToken, type) {
    const print = () =>
      `${all(modifiers, "", " ")}${name(key).print()}${questionToken?.print() ?? ""}: ${type.print()}`;
    return node("Property", print, { questionToken });
  },
  createParameterDeclaration: (_modifiers, _rest, key, _question, type) =>
    node("Parameter", () => `${name(key).print()}: ${type.print()}`),
  createIndexSignature: (modifiers, parameters, type) =>
    node("IndexSignature", () => `${all(modifiers, "", " ")}[${list(parameters, ", ")}]: ${type.print()}`),
  createTypeAliasDeclaration: (modifiers, alias, _parameters, type) =>
    node("TypeAliasDeclaration", () => `${all(modifiers, "", " ")}type ${name(alias).print()} = ${type.print()};`, {
      name: name(alias),
    }),
  createInterfaceDeclaration(modifiers, title, _parameters, _heritage, members) {
    // Members are added to one that was made before.
    const declaration = node("InterfaceDeclaration", undefined, { name: name(title), members });
    declaration.print = () =>
      `${all(modifiers, "", " ")}interface ${declaration.name.print()} {\n${all(declaration.members, "  ", ";\n")}}`;
    return declaration;
  },
};

/** Source is taken as it is: helpers of one declaration each, whose name is asked for so as to add it once. */
function createSourceFile(_file, source) {
  const [, alias = ""] = /type (\w+)/.exec(source) ?? [];
  return { statements: source === "" ? [] : [node("TypeAliasDeclaration", () => source, { name: name(alias) })] };
}

export default {
  factory,
  SyntaxKind: names,
  NodeFlags: names,
  ScriptKind: names,
  ScriptTarget: names,
  NewLineKind: names,
  createSourceFile,
  createPrinter: () => ({ printFile: ({ statements }) => `${list(statements, "\n")}\n` }),
  // Comments change no type.
  addSyntheticLeadingComment: (commented) => commented,
  isTypeNode: ({ kind }) => !NO_TYPES.includes(kind),
  isInterfaceDeclaration: ({ kind }) => kind === "InterfaceDeclaration",
  isTypeAliasDeclaration: ({ kind }) => kind === "TypeAliasDeclaration",
  isArrayTypeNode: ({ kind }) => kind === "ArrayType",
  isTupleTypeNode: ({ kind }) => kind === "TupleType",
};
