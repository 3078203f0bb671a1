/** All slices, assembled. The one place that names them together. */
import type { Assembly } from '#kernel/server.ts'
import * as briefs from '#slices/briefs/server.ts'
import * as directory from '#slices/directory/server.ts'
import * as drills from '#slices/drills/server.ts'
import * as facts from '#slices/facts/server.ts'
import * as health from '#slices/health/server.ts'
import * as issues from '#slices/issues/server.ts'
import * as log from '#slices/log/server.ts'
import * as measures from '#slices/measures/server.ts'
import * as messages from '#slices/messages/server.ts'
import * as notices from '#slices/notices/server.ts'
import * as responses from '#slices/responses/server.ts'

const slices = [directory, drills, messages, log, responses, facts, measures, health, notices, issues, briefs]

export const assembly: Assembly = {
  calls: slices.flatMap((slice) => slice.calls),
  jobs: slices.flatMap((slice) => ('jobs' in slice ? slice.jobs : [])),
  things: slices.flatMap((slice) => slice.things),
  gatekeeper: directory.gatekeeper,
}
