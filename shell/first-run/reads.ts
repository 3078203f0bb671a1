/** What the way in is worked out from, read where the reader may. */
import { setup } from '#slices/directory/contract.ts'
import { list as measures } from '#slices/measures/contract.ts'
import { drafts, list as notices } from '#slices/notices/contract.ts'
import { list as responses } from '#slices/responses/contract.ts'
import { useRead } from '#ui/data.ts'
import { useMe } from '../session.tsx'
import { stepsOf, type Known, type Step } from './steps.ts'

export interface Way {
  known: Known | null
  steps: Step[]
  setup: ReturnType<typeof useRead<typeof setup>>
}

/** @param enabled false where nobody would look at it (the reader may not set up). */
export function useWay(enabled = true): Way {
  const { can } = useMe()
  const has = useRead(setup, {}, { topics: ['directory', 'roster-files', 'sessions'], enabled: enabled && can('directory.manage') })
  const open = useRead(responses, { closed: true }, { topics: ['responses'], enabled })
  const on = useRead(measures, {}, { topics: ['measures'], enabled: enabled && can('coverage.read') })
  const issued = useRead(notices, {}, { topics: ['notices'], enabled: enabled && can('notice.read') })
  const drafted = useRead(drafts, {}, { topics: ['notices'], enabled: enabled && can('notice.draft') })
  if (!has.data || !open.data || (can('coverage.read') && !on.data) || (can('notice.read') && !issued.data)) return { known: null, steps: [], setup: has }
  const known: Known = {
    setup: has.data,
    responses: { open: open.data.responses.filter((one) => one.status === 'open').length, all: open.data.responses.length },
    measures: { on: on.data?.measures.filter((one) => one.status === 'on').length ?? 0, drafts: on.data?.measures.filter((one) => one.status === 'draft').length ?? 0 },
    notices: { issued: issued.data?.total ?? 0, drafts: drafted.data?.total ?? 0 },
  }
  return { known, steps: stepsOf(known), setup: has }
}
