// Gates that other programs keep: the formatter and linter, the type checker, the linter of migrations.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { currentFile, isBlank, readCurrent, readHistory } from '../history.ts'
import { inPackage } from '../paths.ts'
import type { Finding } from './finding.ts'

interface Said {
    code: number
    text: string
}

/** Format and lint of everything that is not SQL. */
export async function biomeFindings(root: string): Promise<Finding[]> {
    const { code, text } = await runTool(root, 'biome', [
        'check',
        '--reporter=github',
        '--max-diagnostics=none',
        '.',
    ])
    const findings = [
        ...text.matchAll(/^::(?:error|warning) title=(.*?),file=(.*?),line=(\d+),.*?::(.*)$/gm),
    ].map(([, rule = '', file = '', line = '', message = '']) => ({
        file: `${relative(root, file)}:${line}`,
        problem: message,
        advice: rule === 'format' ? 'run `npx biome check --write .`' : rule,
    }))
    return code !== 0 && findings.length === 0 ? [crashed('biome', text)] : findings
}

/** The documents of the example are typed by schema.graphql, as it is now. */
export async function typeFindings(root: string): Promise<Finding[]> {
    const writer = 'examples/app/write-types.ts'
    const written = await runTool(root, 'tsx', [writer])
    if (written.code !== 0) return [crashed(`tsx ${writer}`, written.text)]
    const { code, text } = await runTool(root, 'tsc', ['--noEmit', '--pretty', 'false'])
    const findings = [...text.matchAll(/^(\S+?)\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(
        ([, file = '', line = '', rule = '', message = '']) => ({
            file: `${file}:${line}`,
            problem: message,
            advice: rule,
        }),
    )
    return code !== 0 && findings.length === 0 ? [crashed('tsc', text)] : findings
}

/** No statement in a migration that rewrites or locks a big table without saying why it is safe. */
export async function squawkFindings(root: string): Promise<Finding[]> {
    const files = readHistory(root).map(({ path }) => path)
    if (!isBlank(readCurrent(root)) && existsSync(join(root, currentFile))) files.push(currentFile)
    if (files.length === 0) return []
    const { code, text } = await runTool(root, 'squawk', [
        '--reporter=json',
        '--config=.squawk.toml',
        ...files,
    ])
    const start = text.indexOf('[')
    if (start < 0) return code === 0 ? [] : [crashed('squawk', text)]
    const violations = JSON.parse(text.slice(start)) as {
        file: string
        line: number
        message: string
        help: string | null
        rule_name: string
    }[]
    return violations.map(({ file, line, message, help, rule_name }) => ({
        file: `${file}:${line + 1}`,
        problem: message,
        advice: `${help ?? 'make it safe'}; or say above it why it is: -- squawk-ignore ${rule_name}`,
    }))
}

async function runTool(root: string, name: string, args: string[]): Promise<Said> {
    const child = spawn(inPackage('node_modules/.bin', name), args, {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk
        })
    }
    return new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code) => resolve({ code: code ?? 1, text }))
    })
}

function crashed(name: string, text: string): Finding {
    return {
        file: name,
        problem: `failed: ${text.trim().slice(0, 500)}`,
        advice: `run \`npx ${name}\` to see more`,
    }
}
