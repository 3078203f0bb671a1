/** Builds the institution of a drill from a synthetic campus, by the imports that a school would use. */
import type { Client } from '#kernel/client.ts'
import { newId } from '#kernel/ids.ts'
import { applyRoster, previewRoster } from '#slices/directory/contract.ts'
import type { Campus } from './campus-model.ts'
import { campusFiles } from './campus-files.ts'

export interface Imported {
  accepted: number
  refused: number
}

export async function importCampus(conductor: Client, campus: Campus, report: (file: string) => void = () => {}): Promise<Imported> {
  const files = campusFiles(campus)
  const imported: Imported = { accepted: 0, refused: 0 }
  for (const [name, kind] of [['staff.csv', 'people'], ['students.csv', 'people'], ['offices.csv', 'offices'], ['links.csv', 'links']] as const) {
    report(name)
    const importId = newId()
    const { summary } = await conductor.call(previewRoster, { importId, kind }, { file: { name, bytes: new TextEncoder().encode(files[name]) } })
    await conductor.call(applyRoster, { importId })
    imported.accepted += summary.accepted
    imported.refused += summary.refused
  }
  return imported
}
