/** Reads single clauses inside a small notice: node bench/reading/probe.ts FILE (one clause a line). */
import { readFile } from 'node:fs/promises'
import { readNotice } from '#slices/notices/reading/read.ts'

for (const clause of (await readFile(process.argv[2] ?? '/dev/stdin', 'utf8')).split('\n')) {
  if (clause.trim() === '') continue
  const reading = readNotice(`关于做好防范工作的通知\n各学院：\n现将有关事项通知如下：\n一、${clause}\n二、各单位要及时上报情况。\n云岭测试学院\n2023年7月18日`)
  process.stdout.write(`${clause}\n`)
  for (const duty of reading.duties.filter((one) => one.clause === '一')) process.stdout.write(`    ${duty.modality.padEnd(8)} ${duty.text}  |${duty.actor}| ${duty.deadline ?? '-'}${duty.deadlineKind ? ` (${duty.deadlineKind})` : ''} | ${duty.recurrence ?? '-'}\n`)
}
