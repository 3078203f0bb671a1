/** All calls of an assembly by name, with their compiled validators. */
import { Compile, type Validator } from 'typebox/compile'
import type { Call } from './contract.ts'
import { badInput, Problem } from './problems.ts'
import type { Assembly, Implemented, JobHandler, ThingResolver } from './server.ts'

export interface Entry extends Implemented {
  input: Validator
  output: Validator
}

export interface Registry {
  find(name: string): Entry | undefined
  calls(): Call[]
  things: Map<string, ThingResolver>
  /** Several slices may follow one kind of event; all run in the same transaction. */
  jobs: Map<string, JobHandler[]>
}

export function registryOf(assembly: Assembly): Registry {
  const entries = new Map<string, Entry>()
  for (const implemented of assembly.calls) {
    const { call } = implemented
    if (entries.has(call.name)) throw new Error(`Two calls are named ${call.name}`)
    if (!call.needs) throw new Error(`${call.name} declares no permission`)
    entries.set(call.name, { ...implemented, input: Compile(call.input), output: Compile(call.output) })
  }
  return {
    find: (name) => entries.get(name),
    calls: () => assembly.calls.map(({ call }) => call),
    things: new Map(assembly.things.map((thing) => [thing.kind, thing])),
    jobs: Map.groupBy(assembly.jobs, (handler) => handler.kind),
  }
}

const deepest = 64
/** What is written out again later is walked by functions that call themselves; too deep, and they break. */
function isShallow(input: unknown): boolean {
  let level = [input]
  for (let depth = 0; level.length; depth++) {
    if (depth > deepest) return false
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return true
}

/** The input as the contract wants it, or a refusal that says where it is wrong. */
export function parse(entry: Entry, input: unknown): unknown {
  if (!isShallow(input)) throw badInput(`提交的内容嵌套超过 ${deepest} 层。`, `The input is nested more than ${deepest} levels deep.`)
  if (entry.input.Check(input)) return input
  const errors = entry.input.Errors(input).slice(0, 5)
  const places = errors.map((error) => `${error.instancePath || '/'} ${error.message}`).join('; ')
  throw badInput(`提交的内容不合格式：${places}。`, `The input does not fit: ${places}.`, errors.map(({ instancePath, message }) => ({ at: instancePath, message })))
}

/** Answers keep their promise too: an answer that does not fit its declaration is our own fault and is not sent. */
export function checkOutput(entry: Entry, output: unknown): void {
  if (entry.output.Check(output)) return
  const error = entry.output.Errors(output)[0]
  throw new Problem(500, 'bad-answer', '系统出错：答复不合约定。', `${entry.call.name} answered something it does not declare at ${error?.instancePath} ${error?.message}`)
}
