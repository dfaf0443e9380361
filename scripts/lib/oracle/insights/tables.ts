// Who may see which row of insights: nobody. Figures are read through functions (questions.ts).

import { nobody, type TableRule } from '../module.ts'

export const tables: Record<string, TableRule> = {
    'insights.releases': nobody,
    'insights.groups': nobody,
    'insights.contributions': nobody,
    'insights.cells': nobody,
}

export const unreadable = [
    'insights.withheld',
    'insights.platform_insights',
    'insights.platform_themes',
    'insights.platform_consents',
    'insights.community_insights',
    'insights.project_statistics',
    'insights.contributor_statistics',
    'insights.theme_trends',
    'insights.consent_health',
    'insights.community_impact',
]
