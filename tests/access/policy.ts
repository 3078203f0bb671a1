/**
 * Who may do what, as we promise it: written apart from the roles of the code, by reading the promises call by call.
 * The matrix test asks the real gate about every actor and every call and compares. A call that is not named here fails the test,
 * and so does a name that is no call. To give or take a right, change this table first and say why in the commit.
 *
 * Names go down, numbers go up: people by name only for those who answer for them (or for health), counts for those who steer.
 */

export type RoleName =
  | 'administrator' | 'duty-officer' | 'organisation-officer' | 'data-protection-officer' | 'doctor' | 'secretary' | 'head' | 'dean' | 'counsellor' | 'class-adviser'
  | 'branch-secretary' | 'building-manager' | 'floor-head'

export type Kind = 'unit' | 'person' | 'subject' | 'notice' | 'duty' | 'assignment' | 'help-request' | 'case' | 'doubt' | 'brief' | 'brief-figure' | 'robot' | 'scope' | 'institution'

/** What holders of an office may do with a kind of thing; nobody else may. */
export interface Rights {
  kind: Kind
  /** Also anybody, to themselves. */
  self: boolean
  /** Over the unit of their office and everything below it. */
  ownAndBelow: readonly RoleName[]
  /** Over the whole institution. */
  everywhere: readonly RoleName[]
}

/** `self`: signed in, about nothing but their own things (the handler looks up whose they are). */
export type Policy = 'anybody' | 'whoever is signed in' | 'signed in, their own only' | Rights

const over = (kind: Kind, rights: { self?: true; ownAndBelow?: readonly RoleName[]; everywhere: readonly RoleName[] }): Rights => ({ kind, self: rights.self ?? false, ownAndBelow: rights.ownAndBelow ?? [], everywhere: rights.everywhere })

// ── Groups of people ─────────────────────────────────────────────────────────────────────────────
/** Lead a unit and answer for it upwards. */
const leaders = ['secretary', 'head', 'dean'] as const
/** Look after people by name, day by day. */
const carers = ['counsellor', 'class-adviser'] as const
/** Students and staff at the smallest places. */
const grassroots = ['branch-secretary', 'building-manager', 'floor-head'] as const
const line = [...leaders, ...carers, ...grassroots] as const

/** Counts without names. */
const counts = { ownAndBelow: line, everywhere: ['duty-officer', 'organisation-officer', 'data-protection-officer', 'doctor'] } as const
/** Who somebody is and where they belong. */
const identity = { ownAndBelow: line, everywhere: ['administrator', 'duty-officer', 'organisation-officer', 'doctor'] } as const
/** The shape of the institution: units, offices, who holds them. */
const structure = { ownAndBelow: line, everywhere: [...identity.everywhere, 'data-protection-officer'] } as const
/** Who has not answered or is not in order, by name; what was tried. */
const gapsByName = { ownAndBelow: line, everywhere: ['duty-officer', 'doctor'] } as const
/** Letting somebody off: never by students or caretakers, who would be excusing their neighbours. */
const excusing = { ownAndBelow: [...leaders, ...carers], everywhere: ['duty-officer', 'doctor'] } as const
/** What somebody answered: never for students or caretakers about others. */
const answersOfOthers = { self: true, ownAndBelow: [...leaders, ...carers], everywhere: ['duty-officer', 'doctor'] } as const
/** Who is under health management, and what is decided about them. */
const casesByName = { ownAndBelow: [...leaders, ...carers], everywhere: ['duty-officer', 'doctor'] } as const
/** Many answers for others at once. */
const filesOfAnswers = { ownAndBelow: answersOfOthers.ownAndBelow, everywhere: answersOfOthers.everywhere } as const
const steering = { everywhere: ['duty-officer', 'organisation-officer'] } as const
const dutyOffice = { everywhere: ['duty-officer'] } as const
const keepers = { everywhere: ['administrator', 'duty-officer'] } as const
/** Watch over what is done with people's data; without seeing the data. */
const overseers = { everywhere: ['administrator', 'duty-officer', 'data-protection-officer'] } as const
/** When what is held of people dies, and what holds it back: the duty office, and whoever speaks for the people. */
const erasing = { everywhere: ['duty-officer', 'data-protection-officer'] } as const
/** How far a notice is carried out in one's units. */
const following = { ownAndBelow: line, everywhere: ['duty-officer', 'organisation-officer', 'doctor'] } as const
const carryingOut = { ownAndBelow: line, everywhere: ['duty-officer', 'doctor'] } as const
const reviewing = { ownAndBelow: leaders, everywhere: ['duty-officer', 'organisation-officer'] } as const
const reporting = { ownAndBelow: [...leaders, 'branch-secretary'], everywhere: ['duty-officer', 'organisation-officer'] } as const
/** Connecting a unit's working group, and seeing what is sent into it. */
const tellers = { ownAndBelow: leaders, everywhere: ['administrator', 'duty-officer'] } as const

export const policy: Record<string, Policy> = {
  // ── Who and where
  'directory.status': 'anybody',
  'directory.claim': 'anybody', // with the one-time token
  'directory.signIn': 'anybody',
  'directory.redeem': 'anybody', // with an invitation
  'directory.signOut': 'signed in, their own only',
  'directory.changePassword': 'signed in, their own only',
  'directory.me': 'signed in, their own only',
  'directory.mySessions': 'signed in, their own only', 'directory.endMySession': 'signed in, their own only',
  'directory.units': 'whoever is signed in', // names of units and head counts
  'directory.findUnits': 'whoever is signed in',
  'directory.views': 'signed in, their own only', 'directory.saveView': 'signed in, their own only', 'directory.dropView': 'signed in, their own only',
  'directory.unit': over('unit', structure),
  'directory.members': over('unit', identity),
  'directory.people': over('scope', identity),
  'directory.person': over('person', { self: true, ...identity }),
  'directory.links': over('unit', identity), // says who looks after whom
  'directory.orphans': over('unit', counts),
  'directory.appointments': over('unit', structure),
  'directory.tenures': over('person', { self: true, ...identity }),
  'directory.reasonFor': over('subject', { self: true, ...identity }),
  'directory.giveReason': over('unit', identity), // only words, kept with what is then looked at
  'directory.saveUnit': over('institution', keepers),
  'directory.endUnit': over('institution', keepers),
  'directory.saveOffice': over('institution', keepers),
  'directory.appoint': over('institution', keepers),
  'directory.endHolding': over('institution', keepers),
  'directory.link': over('institution', keepers),
  'directory.unlink': over('institution', keepers),
  'directory.previewRoster': over('institution', keepers),
  'directory.applyRoster': over('institution', keepers),
  'directory.startRosterFile': over('institution', keepers), 'directory.sendRosterPiece': over('institution', keepers), 'directory.checkRosterFile': over('institution', keepers), 'directory.rosterFile': over('institution', keepers),
  'directory.applyRosterFile': over('institution', keepers), 'directory.dropRosterFile': over('institution', keepers), 'directory.rosterMarks': over('institution', keepers),
  'directory.invite': over('person', { everywhere: ['administrator'] }),
  'directory.accounts': over('institution', { everywhere: ['administrator'] }),
  'directory.endSessions': over('person', { everywhere: ['administrator'] }),
  'directory.setInstitution': over('institution', keepers),
  'directory.vocabulary': 'whoever is signed in', // words
  'directory.setVocabulary': over('institution', keepers),
  'directory.setup': over('institution', keepers),
  'directory.officeHints': over('institution', keepers), 'directory.settleHints': over('institution', keepers), 'directory.roleHolders': over('institution', keepers),
  'directory.rosterImports': over('institution', keepers), 'directory.rosterImport': over('institution', keepers), 'directory.rosterTemplate': over('institution', keepers),

  // ── Exercises
  'drills.list': 'anybody',
  'drills.open': over('institution', keepers),
  'drills.setClock': over('institution', keepers),
  'drills.actAs': over('institution', keepers),
  'drills.account': over('institution', keepers),
  'drills.restful': over('institution', keepers),
  'drills.wipe': over('institution', keepers),
  'drills.try': 'anybody', // with the one-time token
  'drills.mine': over('institution', keepers), 'drills.enter': over('institution', keepers), 'drills.end': over('institution', keepers),
  'drills.visit': 'signed in, their own only', // whether they came into the drill from outside
  'drills.become': 'signed in, their own only', 'drills.leave': 'signed in, their own only', // whoever came in from outside: a test of its own

  // ── What was done, and who looked at whom
  'log.looks': over('institution', overseers), 'log.looksOf': over('institution', overseers), 'log.events': over('institution', overseers), 'log.odd': over('institution', overseers), 'log.head': over('institution', overseers),
  'log.export': over('institution', overseers),

  // ── Which emergency
  'responses.list': 'whoever is signed in', // everybody may know why they are asked
  'responses.get': 'whoever is signed in',
  'responses.open': over('institution', dutyOffice),
  'responses.changeLevel': over('institution', dutyOffice),
  'responses.close': over('institution', dutyOffice),
  'responses.erasureRule': 'whoever is signed in', // everybody may know when what is held of them dies, and why later
  'responses.erasure': 'whoever is signed in',
  'responses.setErasureRule': over('institution', erasing),
  'responses.hold': over('institution', erasing),
  'responses.liftHold': over('institution', erasing),
  'responses.erasurePreview': over('institution', erasing),

  // ── What is known
  'facts.attributes': 'whoever is signed in', // what is collected and what for is no secret
  'facts.saveAttribute': over('institution', keepers),
  'facts.retireAttribute': over('institution', keepers),
  'facts.answer': over('subject', answersOfOthers),
  // A file is many answers for others: by whoever may give them one by one, and row by row only for those they reach.
  'facts.startImport': over('scope', filesOfAnswers), 'facts.sendPiece': over('scope', filesOfAnswers), 'facts.checkImport': over('scope', filesOfAnswers), 'facts.applyImport': over('scope', filesOfAnswers),
  'facts.dropImport': over('scope', filesOfAnswers), 'facts.imports': over('scope', filesOfAnswers), 'facts.findImport': over('scope', filesOfAnswers), 'facts.badRows': over('scope', filesOfAnswers),
  'facts.profile': over('person', answersOfOthers),
  'facts.history': over('person', answersOfOthers),
  'facts.myData': 'signed in, their own only',

  // ── What must be true
  'measures.presets': 'whoever is signed in',
  'measures.list': over('scope', counts),
  'measures.draft': over('institution', steering),
  'measures.fromPreset': over('institution', steering),
  'measures.burden': over('institution', steering),
  'measures.loads': over('scope', counts), // seconds and numbers of people, and who answers for a measure over the budget
  'measures.setDemands': over('institution', steering),
  'measures.simulate': over('institution', steering),
  'measures.simulated': over('institution', steering), // names of those only whose gaps and answers the reader may see: a test of its own
  'measures.switchOn': over('institution', steering),
  'measures.end': over('institution', steering),
  'measures.coverage': over('unit', counts),
  'measures.coverageKnownAt': over('unit', counts),
  'measures.history': over('unit', counts),
  'measures.finalCoverage': over('unit', counts),
  'measures.mineOpen': 'signed in, their own only',
  'measures.gaps': over('unit', gapsByName),
  'measures.gapPeople': over('unit', gapsByName), // who counts says why first: a test of its own
  'measures.contact': over('subject', gapsByName),
  'measures.contactMany': over('subject', gapsByName),
  'measures.undoContact': over('subject', gapsByName), // only one's own, within ten minutes
  'measures.receivers': over('subject', gapsByName),
  'measures.handOver': over('subject', gapsByName), // only to those who may act on the same people
  'measures.takeBack': over('subject', gapsByName),
  'measures.trail': over('subject', gapsByName),
  'measures.settledByDay': over('unit', counts),
  'measures.rooms': over('unit', counts),
  'measures.remind': over('subject', gapsByName),
  'measures.excuse': over('subject', excusing),
  'measures.excuseMany': over('subject', excusing),
  'measures.endExcuse': over('subject', excusing),
  'measures.endExcuseMany': over('subject', excusing),
  'measures.asks': 'signed in, their own only',
  'measures.asksOf': over('subject', answersOfOthers), // who counts says why first: a test of its own
  'measures.standings': over('subject', answersOfOthers),
  'measures.followUp': over('subject', gapsByName),
  'measures.tasks': 'signed in, their own only',
  'measures.finishTask': 'signed in, their own only',
  'measures.doubts': over('unit', excusing), // what people answered shows in them
  'measures.doubt': over('doubt', excusing),
  'measures.myDoubts': 'signed in, their own only',
  'measures.dismissDoubt': over('doubt', excusing), // who entered the answers is refused besides
  'measures.askAgain': over('doubt', excusing),

  // ── What was ordered: drafting and issuing
  'notices.read': over('institution', steering),
  'notices.import': over('institution', steering),
  'notices.drafts': over('institution', steering),
  'notices.draft': over('notice', steering),
  'notices.original': over('notice', steering),
  'notices.setHeader': over('notice', steering),
  'notices.saveDuty': over('duty', steering),
  'notices.confirmDuties': over('notice', steering),
  'notices.fillBlanks': over('notice', steering),
  'notices.splitDuty': over('duty', steering),
  'notices.mergeDuties': over('duty', steering),
  'notices.putBack': over('duty', steering),
  'notices.dropDuty': over('duty', steering),
  'notices.restoreDuty': over('duty', steering),
  'notices.addDuty': over('notice', steering),
  'notices.joinMeasure': over('duty', steering),
  'notices.settleDoubt': over('notice', steering),
  'notices.discard': over('notice', steering),
  'notices.resolve': over('institution', steering),
  'notices.mapWord': over('notice', steering),
  'notices.corrections': over('institution', steering),
  'notices.forgetCorrection': over('institution', steering),
  'notices.preview': over('notice', steering),
  'notices.issue': over('notice', steering),
  'notices.withdraw': over('notice', steering),
  'notices.amendment': over('notice', steering),
  // ── … following it
  'notices.list': over('scope', following),
  'notices.get': over('scope', following),
  'notices.duty': over('scope', following),
  'notices.assignments': over('unit', following),
  'notices.late': over('unit', following),
  'notices.recent': over('unit', following), // units and notices, no persons
  'notices.assignment': over('assignment', following),
  'notices.evidence': over('assignment', following),
  'notices.evidenceOf': over('scope', following),
  'notices.acknowledge': over('assignment', carryingOut),
  'notices.start': over('assignment', carryingOut),
  'notices.handDown': over('assignment', carryingOut),
  'notices.report': over('assignment', carryingOut),
  'notices.review': over('assignment', reviewing),
  'notices.remind': over('assignment', reviewing),
  // ── … what it means for me
  'notices.todo': 'signed in, their own only',
  'notices.mine': 'signed in, their own only',
  'notices.view': 'signed in, their own only',
  'notices.opened': 'signed in, their own only',
  'notices.confirmCall': 'signed in, their own only',
  // ── … call-and-confirm
  'notices.startRound': over('institution', steering),
  'notices.round': over('institution', steering),
  'notices.rounds': over('institution', steering),
  'notices.recordCall': over('institution', steering),
  'notices.closeRound': over('institution', steering),

  // ── What must be put right
  // Cases: for whoever answers for people by name and for the clinic. Never for students, caretakers or whoever keeps the system.
  'health.open': over('person', casesByName),
  'health.check': over('person', answersOfOthers),
  'health.change': over('case', casesByName),
  'health.extend': over('case', casesByName),
  'health.offer': over('case', casesByName),
  'health.accept': over('case', casesByName),
  'health.decline': over('case', casesByName),
  'health.release': over('case', casesByName),
  'health.counts': over('unit', casesByName),
  'health.list': over('unit', casesByName),
  'health.get': over('case', casesByName),
  'health.ofPerson': over('person', casesByName),
  'health.answerers': over('person', casesByName),
  'health.mine': 'signed in, their own only',
  'health.todo': 'signed in, their own only',

  'issues.askHelp': over('person', answersOfOthers),
  'issues.mine': 'signed in, their own only',
  'issues.add': 'signed in, their own only',
  'issues.close': 'signed in, their own only',
  'issues.reopen': 'signed in, their own only',
  'issues.todo': 'signed in, their own only',
  'issues.queue': over('unit', carryingOut),
  'issues.waiting': over('unit', carryingOut),
  'issues.get': over('help-request', carryingOut),
  'issues.take': over('help-request', carryingOut),
  'issues.reply': over('help-request', carryingOut),
  'issues.handOn': over('help-request', carryingOut),
  'issues.figures': over('unit', counts),
  'issues.desks': 'whoever is signed in',
  'issues.setDesk': over('institution', keepers),

  // ── What goes up: whoever writes can read what they wrote
  'briefs.list': over('unit', reporting),
  'briefs.get': over('brief', reporting),
  'briefs.certificate': 'whoever is signed in', // kinds and counts; whoever was asked may hold it in hand
  'briefs.download': over('brief', reporting),
  'briefs.trace': over('brief-figure', reporting),
  'briefs.draft': over('unit', reporting),
  'briefs.zero': over('unit', reporting),
  'briefs.refresh': over('brief', reporting),
  'briefs.edit': over('brief', reporting),
  'briefs.discard': over('brief', reporting),
  'briefs.sign': over('brief', reporting),
  'briefs.correct': over('brief', reporting),
  'briefs.send': over('brief', reporting),
  'briefs.traceRows': over('brief-figure', gapsByName), // the rows are names
  'briefs.mailSettings': 'whoever is signed in',

  // ── How people are told
  'messages.mine': 'signed in, their own only',
  'messages.told': 'signed in, their own only',
  'messages.preparePush': 'signed in, their own only',
  'messages.connectDevice': 'signed in, their own only',
  'messages.disconnectDevice': 'signed in, their own only',
  'messages.setPreference': 'signed in, their own only',
  'messages.testMine': 'signed in, their own only',
  'messages.opened': 'signed in, their own only',
  'messages.overview': over('scope', tellers), // counts and titles; robots of one's units only
  'messages.connectRobot': over('unit', tellers),
  'messages.changeRobot': over('robot', tellers),
  'messages.testRobot': over('robot', tellers),
  'messages.removeRobot': over('robot', tellers),
}
