/** What is open with somebody, and for how long: said once where all of it is as old. */
import { say, t } from '#ui/words.ts'
import { openFor, type Tasks } from './people.ts'

export function Lacks({ tasks }: { tasks: Tasks }) {
  const ages = tasks.map((task) => openFor(task.gapSince))
  return (
    <>
      {/* A measure is called by what is wanted: on its own it would read as done. */}
      <p className="p-lacks-head">{t('还缺', 'Still open')}</p>
      <ul className="p-lacks">
        {tasks.map((task, index) => (
          <li key={task.taskId}>
            <span>{say(task.measure)}</span>
            {ages[index] !== ages[index - 1] && <small>{ages[index]}</small>}
          </li>
        ))}
      </ul>
    </>
  )
}
