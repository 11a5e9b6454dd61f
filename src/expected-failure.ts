/** Something that can go wrong and that one line explains to an operator; exit status 1. */
export class ExpectedFailure extends Error {}
