/**
 * How a call is declared. A declaration is pure data: server, browser, phone, command line, API document and
 * access matrix all read it, so they cannot disagree.
 */
import { Type, type Static, type TProperties, type TSchema, type TObject } from 'typebox'

/** An object whose undeclared keys are refused (no mass assignment). */
export function shape<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false })
}

export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
const date = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])'
/** Nothing passes that no clock shows: what is not a moment would break far behind the door. */
export const Instant = Type.String({ pattern: `^${date}T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?(Z|[+-](0\\d|1[0-4]):?[0-5]\\d)$` })
export const Day = Type.String({ pattern: `^${date}$` })
/** A short text that a person typed: one line. */
export const Line = Type.String({ minLength: 1, maxLength: 200 })
/** A longer text that a person typed. */
export const Prose = Type.String({ maxLength: 4000 })
export const Nothing = shape({})
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const oneOf = <const V extends readonly string[]>(...values: V) =>
  Type.Union(values.map((value) => Type.Literal(value))) as unknown as ReturnType<typeof Type.Unsafe<V[number]>>

/** What a call is about; decides which units or persons the actor must have the permission over. */
export interface About<I = never> {
  /** nobody: public; self: the actor's own things; institution: the whole; scope: whatever the actor may see (handler filters by ctx.scope); else a kind of thing. */
  kind: 'nobody' | 'self' | 'institution' | 'scope' | (string & {})
  /** The things' ids in the input; an empty list means the whole institution. */
  ids?: (input: I) => (string | null | undefined)[]
}

export interface Call<I extends TSchema = TSchema, O extends TSchema = TSchema> {
  /** `slice.verb`, also the route. */
  readonly name: string
  /** read: one read-only snapshot. write: one transaction, idempotent by request id. batch: many calls of one kind share a transaction. */
  readonly kind: 'read' | 'write' | 'batch'
  /** The permission word; `public` needs no session, `signed-in` needs a session and nothing else. */
  readonly needs: string
  readonly about: About<Static<I>>
  readonly input: I
  readonly output: O
  /** What it does, for the API document and the command line: Chinese, English. */
  readonly summary: readonly [string, string]
  /** The call takes one uploaded file (multipart) of at most so many bytes. */
  readonly fileLimit?: number
  /** Topics pinged to browsers after commit. */
  readonly touches?: readonly string[]
  /** The answer shows persons' data: who looked is recorded (the handler names them by ctx.looked). */
  readonly sensitive?: boolean
}

/** Declares a call. `needs` is required: forgetting the permission does not compile. */
export function call<I extends TSchema, O extends TSchema>(declaration: Call<I, O>): Call<I, O> {
  return declaration
}

export type Input<C> = C extends Call<infer I, TSchema> ? Static<I> : never
export type Output<C> = C extends Call<TSchema, infer O> ? Static<O> : never

export const aboutNobody = { kind: 'nobody' } as const
export const aboutSelf = { kind: 'self' } as const
export const aboutInstitution = { kind: 'institution' } as const
export const aboutScope = { kind: 'scope' } as const
/** About one or several things named in the input. */
export function about<I>(kind: string, ids: (input: I) => (string | null | undefined) | (string | null | undefined)[]): About<I> {
  return {
    kind,
    ids: (input) => {
      const found = ids(input)
      return Array.isArray(found) ? found : [found]
    },
  }
}
