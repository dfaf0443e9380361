// What does tell the worlds apart, and why that is as it should be, or cannot be otherwise. docs/consent.md says it to
// those who should know. An entry that nothing meets any more fails.

export interface Limit {
    who: string[]
    asked: RegExp
    because: string
}

/** What is met in these worlds. */
export const limits: Limit[] = [
    {
        who: ['hana', 'petra', 'ada', 'a program with a key'],
        asked: /core\.quota_use\(/,
        because: 'whoever manages a place is told how much it holds, and what is hidden takes room',
    },
    {
        who: ['hana'],
        asked: /consent\.(agreement|run|result|begin_run|end_agreement|finish_run|hand_out)|stories\.record_analysis\(/,
        because: 'whoever manages the agreements of a place answers for what was handed out under them',
    },
    {
        who: ['hana'],
        asked: /consent\.(withdraw|refuse)_consent\(/,
        because:
            'what a community said yes to, it takes back, also where others hid the work from it meanwhile',
    },
    {
        who: ['hana'],
        asked: /consent\.ratify_label\(/,
        because:
            'what bears a label comes under its protocol with everything else, and who writes on it is waited for',
    },
    {
        who: ['fern'],
        asked: /audit\.my_history\(/,
        because: 'whoever helped with a work is told when they were taken off',
    },
    {
        who: ['cleo', 'hana', 'moss', 'rene', 'fern'],
        asked: /consent\.passed_sets\(/,
        because:
            'policies ask for the combinations of protocols that somebody passes, used or not; the API has it not',
    },
]
