/** Bodies for calls, made from their declarations: well-formed ones, and those spoilt in one place. */
import fc, { type Arbitrary } from 'fast-check'
import type { TSchema } from 'typebox'

/** The parts of a schema that we read. */
interface Schema {
  type?: string
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  patternProperties?: Record<string, Schema>
  items?: Schema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
}

/** Ids that exist, by the name of the field that takes them. */
export type Known = (field: string) => readonly string[]

const near = (days: number) => fc.integer({ min: -days * 1440, max: days * 1440 }).map((minutes) => new Date(Date.UTC(2026, 8, 1) + minutes * 60_000).toISOString())
const words = fc.constantFrom('校发〔2026〕9号第二条', '同学', 'a', '  ', '各学院', 'O’Hara; drop table', '😷🏠', '=1+1', '<img src=x onerror=alert(1)>', '“引号”', '體溫', '0', 'whereabouts', 'student')

function text(schema: Schema, field: string, known: Known): Arbitrary<string> {
  if (schema.pattern?.startsWith('^[0-9a-f]{8}-')) {
    const ids = known(field)
    return ids.length ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() }) : fc.uuid()
  }
  if (schema.pattern?.includes('T(')) return near(40)
  if (schema.pattern?.startsWith('^\\d{4}-(0')) return near(40).map((at) => at.slice(0, 10))
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern)).filter((made) => made.length <= (schema.maxLength ?? 4000))
  const given = known(field)
  const any = fc.oneof(words, fc.string({ maxLength: 20 }), ...(given.length ? [fc.constantFrom(...given)] : []))
  return any.map((made) => (made + '一'.repeat(Math.max(0, (schema.minLength ?? 0) - [...made].length))).slice(0, schema.maxLength ?? 4000)) // a picture is one character
}

function arbitraryOf(schema: Schema, field: string, known: Known): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, field, known)))
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema
      if (schema.patternProperties) return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, arbitraryOf(one, name, known)])), { requiredKeys: required as never[] })
    }
    case 'array': {
      const limits = { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 4, Math.max(schema.minItems ?? 0, 4)) }
      const one = arbitraryOf(schema.items ?? {}, field, known)
      return schema.uniqueItems ? fc.uniqueArray(one, limits) : fc.array(one, limits)
    }
    case 'string': return text(schema, field, known)
    case 'integer': return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 1000, (schema.minimum ?? 0) + 1000) })
    case 'number': return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean': return fc.boolean()
    case 'null': return fc.constant(null)
    default: return fc.oneof(fc.jsonValue({ maxDepth: 2 }), words, fc.boolean(), fc.constantFrom('310115', 36.6, '2026-09-01'))
  }
}

/** Bodies that fit the declaration. */
export const bodiesOf = (schema: TSchema, known: Known): Arbitrary<unknown> => arbitraryOf(schema as Schema, '', known)

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
const hostile: readonly unknown[] = [
  null, true, -1, 0, 1e308, 9007199254740991, -0.5, '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff tail', 'x'.repeat(5000), '一'.repeat(300), "'; drop table facts.fact; --", '${7*7}', '../../etc/passwd', '%00', [], {}, [[]], [null],
  { $ne: null }, JSON.parse('{"__proto__": {"polluted": true}}'), { constructor: { prototype: { polluted: true } } }, { toString: 'x', valueOf: 1, length: -1 }, deep(300), Array.from({ length: 1200 }, () => 1),
  '2026-02-30T00:00:00Z', '2026-13-45T99:99:99Z', '0000-00-00T00:00:00Z', '9999-12-31T23:59:59+99:99', '2026-99-99', '99:99', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', 'NaN', 'Infinity', '1e400', '\u202e\u200f\ufeff', '🏴‍☠️'.repeat(200),
]

type Path = (string | number)[]
function* pathsOf(value: unknown, at: Path = []): Generator<Path> {
  yield at
  if (typeof value === 'object' && value !== null && at.length < 6) for (const key of Object.keys(value)) yield* pathsOf((value as Record<string, unknown>)[key], [...at, key])
}

function spoil(body: unknown, path: Path, value: unknown, how: 'replace' | 'remove' | 'add'): unknown {
  const [key, ...rest] = path
  if (key === undefined) return how === 'add' && typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body, undeclared: value } : how === 'replace' ? value : body
  const copy = (Array.isArray(body) ? [...body] : { ...(body as object) }) as Record<string | number, unknown>
  if (rest.length === 0 && how === 'remove') delete copy[key]
  else copy[key] = spoil(copy[key], rest, value, how)
  return copy
}

/** A body spoilt in one place: something hostile put in, something left out, something undeclared added. */
export const spoilt = (body: Arbitrary<unknown>): Arbitrary<unknown> =>
  body.chain((good) => fc.tuple(fc.constantFrom(...pathsOf(good)), fc.constantFrom(...hostile), fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add')).map(([path, value, how]) => spoil(good, path, value, how as 'replace')))
