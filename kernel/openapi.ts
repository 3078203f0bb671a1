import type { Call } from './contract.ts'

/** The OpenAPI 3.1 document of a set of calls, from their declarations alone. */
export function openApi(calls: readonly Call[]): Record<string, unknown> {
  const problem = {
    description: 'What happened, in the language asked for; nothing was changed.',
    content: { 'application/json': { schema: { type: 'object', required: ['code', 'message'], properties: { code: { type: 'string' }, message: { type: 'string' }, details: {} } } } },
  }
  const paths = Object.fromEntries(
    calls
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((call) => [
        `/api/${call.name}`,
        {
          post: {
            operationId: call.name,
            summary: call.summary[1],
            description: `${call.summary[0]}\n\nkind: ${call.kind}; needs: ${call.needs}; about: ${call.about.kind}`,
            tags: [call.name.split('.')[0]],
            parameters:
              call.kind === 'read' ? [] : [{ name: 'x-request-id', in: 'header', description: 'Minted by the client; the same id is done once.', schema: { type: 'string', format: 'uuid' } }],
            requestBody: {
              required: true,
              content:
                call.fileLimit === undefined
                  ? { 'application/json': { schema: call.input } }
                  : { 'multipart/form-data': { schema: { type: 'object', properties: { input: call.input, file: { type: 'string', format: 'binary' } } } } },
            },
            responses: { 200: { description: 'Done.', content: { 'application/json': { schema: call.output } } }, default: problem },
            'x-needs': call.needs,
          },
        },
      ]),
  )
  return { openapi: '3.1.0', info: { title: 'Bulwark', version: '1' }, paths, components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } }, security: [{ session: [] }] }
}
