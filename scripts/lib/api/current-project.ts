// `currentProject`: the project that a request is for, as the host name says (hosts.ts), for whoever may see it.

import { extendSchema, gql } from 'postgraphile/utils'

export const CurrentProjectPlugin = extendSchema((build) => {
    const { current_project: currentProject, projects } = build.pgResources
    if (!currentProject || !projects)
        throw new Error('The API needs core.current_project() and core.projects.')
    return {
        typeDefs: gql`
            extend type Query {
                """The project that this host name leads to, or null. \`projectStories\` are its stories."""
                currentProject: Project
            }
        `,
        objects: {
            Query: {
                plans: {
                    currentProject() {
                        return projects.find({ id: currentProject.execute() }).single()
                    },
                },
            },
        },
    }
})
