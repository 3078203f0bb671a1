/** A line of text that saves when it is left, with the usual answers in one press. */
import { useState } from 'react'
import { TextInput } from '#ui/controls.tsx'

export function SavedText({ value, onSave, label, chips = [], placeholder }: { value: string; onSave: (value: string) => void; label: string; chips?: readonly string[]; placeholder?: string }) {
  const [typed, setTyped] = useState<string | null>(null)
  const save = () => {
    if (typed !== null && typed.trim() !== value) onSave(typed.trim())
    setTyped(null)
  }
  return (
    <div className="n-saved" onBlur={save}>
      <TextInput label={label} value={typed ?? value} onChange={setTyped} onEnter={save} maxLength={400} {...(placeholder ? { placeholder } : {})} />
      {value === '' && (
        <div className="n-chips">
          {chips.map((chip) => (
            <button key={chip} type="button" className="b-chip" onMouseDown={(event) => event.preventDefault()} onClick={() => { setTyped(null); onSave(chip) }}>
              {chip}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
