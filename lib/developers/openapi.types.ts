/** A JSON Schema of draft 2020-12, which OpenAPI 3.1 takes as it is. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  additionalProperties?: boolean | JsonSchema;
  [keyword: string]: unknown;
};

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: JsonSchema;
};

export type HeaderField = { description: string; required?: boolean; schema: JsonSchema };

export type MediaContent = Readonly<Record<string, { schema: JsonSchema; example?: unknown }>>;

export type ResponseObject = {
  description: string;
  headers?: Readonly<Record<string, HeaderField>>;
  content?: MediaContent;
};

export type Operation = {
  operationId: string;
  tags: readonly [string];
  summary: string;
  description?: string;
  security: readonly Readonly<Record<string, readonly string[]>>[];
  parameters?: readonly Parameter[];
  requestBody?: { required: boolean; content: MediaContent };
  responses: Readonly<Record<string, ResponseObject>>;
};

export const OPERATION_METHODS = ["get", "post", "put", "patch", "delete"] as const;
export type OperationMethod = (typeof OPERATION_METHODS)[number];

export type PathItem = Partial<Record<OperationMethod, Operation>>;

export type OpenApiDocument = {
  openapi: "3.1.1";
  info: {
    title: string;
    version: string;
    description: string;
    contact: { name: string; url: string };
    license: { name: string; identifier: string };
  };
  servers: readonly { url: string }[];
  externalDocs: { description: string; url: string };
  tags: readonly { name: string; description: string }[];
  paths: Readonly<Record<string, PathItem>>;
  components: {
    schemas: Readonly<Record<string, JsonSchema>>;
    securitySchemes: Readonly<Record<string, unknown>>;
  };
};
