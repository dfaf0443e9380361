# The commands of the package. Each runs scripts/commands/<name>.ts; `npx empathy <name>` does the same.
#   make pgtap ARGS=tests/core/people.test.sql     options go into ARGS
#   make migrate DATABASE_URL=postgres://…         settings come from the environment (`npx empathy config`)

commands := up test db db-stop fresh migrate seed serve worker doctor pgtap check bench oracle mutants

# The package brings the Node it needs; npm puts it here.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
.DEFAULT_GOAL := help
.PHONY: help $(commands)

help:
	@for command in $(commands); do \
	    printf 'make %-9s %s\n' "$$command" \
	        "$$(sed -n "s/^export const summary = ['\"]\(.*\)['\"]\$$/\1/p" "scripts/commands/$$command.ts" 2>/dev/null)"; \
	done

# What is young in memory gets less room than Node would give it: the API holds 200 MB less, and is no slower.
$(commands): node_modules/.installed
	@node --max-semi-space-size=16 --import tsx scripts/cli.ts $@ $(ARGS)

# npm rebuild: the packaged Node arrives by an install script, and those may be switched off.
node_modules/.installed: package-lock.json
	npm ci --include=dev
	@test -x node_modules/node/bin/node || npm rebuild --ignore-scripts=false node
	@touch $@
