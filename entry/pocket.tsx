import { httpClient } from '#kernel/client.ts'
import { call, shape, oneOf, nullable, aboutSelf } from '#kernel/contract.ts'
import { language } from '#ui/words.ts'
const me = call({ name: 'directory.me', kind: 'read', needs: 'public', about: aboutSelf, input: shape({}), output: shape({ a: nullable(oneOf('a', 'b')) }), summary: ['a', 'b'] })
void httpClient({ origin: '', language }).call(me, {})
