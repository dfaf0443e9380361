-- What whoever asks has withdrawn, with what was taken back.

select concat_ws('|', w.consent_id, w.uses_recalled, w.uses_irrevocable) as answer
from stories.withdrawals_of_mine() w
