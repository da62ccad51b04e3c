/** As `verdictText` of the referee begins. */
const VIOLATION = /Referee: [1-9]\d* violation/;

/** The referee saw an invariant broken, also in a case that passed when it was tried again. */
export const sawViolation = (output: string): boolean => VIOLATION.test(output);
