# The front door. A target's line after `##` is its help: what it does | an example.
# Exit codes here are make's own; those of ./tributary are in README.md.

.DEFAULT_GOAL := help
.PHONY: help build demo test unit-test integration-test tox run_local lint static_test type_check format \
  isort docs golden bench clean

MVN := mvn -B -ntp -Dstyle.color=never
# one test: make test T=KeyRangesTest or make test T=KeyRangesTest#coversEveryKeyOnce
ONE_TEST := $(if $(T),-Dtest='$(T)' -Dsurefire.failIfNoSpecifiedTests=false)
DEMO_CONFIG := examples/csv_to_bigquery.yaml
DEMO_WAREHOUSE := demo.duckdb
DEMO_QUERY := SELECT origin, count(*) AS flights, max(hours_late) AS longest FROM demo.late_flights GROUP BY origin ORDER BY flights DESC

help: ## Lists the targets | make help
	@awk 'BEGIN { FS = ":.*## | \\| " } /^[a-z_-]+:.*## / { printf "  %-17s %s\n  %-17s   %s\n", $$1, $$2, "", $$3 }' $(MAKEFILE_LIST)

build: ## Builds the command, without tests | make build
	@./tributary version

demo: ## Builds, runs the main job on shipped real data into an embedded warehouse, and shows the result | make demo
	@./tributary run $(DEMO_CONFIG) --warehouse duckdb:$(DEMO_WAREHOUSE)
	@printf '\n$$ ./tributary query "%s" --warehouse duckdb:%s\n' "$(DEMO_QUERY)" $(DEMO_WAREHOUSE)
	@./tributary query "$(DEMO_QUERY)" --warehouse duckdb:$(DEMO_WAREHOUSE)
	@printf '\nwhat to try next:\n'
	@printf '  %-52s %s\n' \
	  './tributary preview $(DEMO_CONFIG)' 'real rows at any node; nothing is written' \
	  './tributary graph $(DEMO_CONFIG)' 'the config as a picture' \
	  'make demo' 'once more: the result is the same' \
	  './tributary list' 'what can be read and written' \
	  'less README.md' 'a first config of your own'

test: ## Builds and passes all tests, or one | make test T=KeyRangesTest#coversEveryKeyOnce
	$(MVN) -Perrorprone package $(ONE_TEST)

unit-test: ## Passes the tests of the library only | make unit-test
	$(MVN) -pl pipeline test $(ONE_TEST)

integration-test: ## Passes the tests of the command on the built library | make integration-test
	$(MVN) -pl cli -am package $(or $(ONE_TEST),-Dtest='io.tributary.cli.**' -Dsurefire.failIfNoSpecifiedTests=false)

tox: ## Passes all tests, once for each JDK named | make tox jdks="/opt/jdk17 /opt/jdk25"
	@$(if $(jdks),,$(error name the JDKs: make tox jdks="/opt/jdk17 /opt/jdk25"))
	@set -e; for jdk in $(jdks); do echo "== $$jdk"; JAVA_HOME=$$jdk $(MAKE) test; done

run_local: ## Runs a config on this machine | make run_local config=configs/x.json profile=connections.json args="day=2024-01-01" warehouse=path.duckdb
	@$(if $(config),,$(error name a config: make run_local config=configs/x.json))
	@./tributary run "$(config)" $(if $(profile),--profile "$(profile)") $(foreach arg,$(args),--arg "$(arg)") \
	  $(if $(warehouse),--warehouse "duckdb:$(warehouse)")

lint: ## Checks the code: format, compiler warnings, Error Prone, the arrows between packages | make lint
	$(MVN) -Perrorprone test -Dtest='ArchitectureTest' -Dsurefire.failIfNoSpecifiedTests=false

static_test: lint ## As lint | make static_test

type_check: lint ## As lint | make type_check

format: ## Formats the code | make format
	$(MVN) -q spotless:apply

isort: format ## As format | make isort

docs: ## Writes the pages of the modules and the list in README.md from the specs | make docs
	$(MVN) -q -pl cli -am test -Dtest='GeneratedDocsTest' -Dsurefire.failIfNoSpecifiedTests=false -Dgolden=write

golden: ## Writes all files that tests compare with; look at the difference before it is committed | make golden
	$(MVN) -q test -Dtest='*Golden*,GeneratedDocsTest' -Dsurefire.failIfNoSpecifiedTests=false -Dgolden=write

bench: ## Measures rows per second, CPU and memory beside two references (half an hour) | make bench, or quicker: make bench rows=1000000
	@bench/run $(rows)

clean: ## Removes what builds and the demo made | make clean
	$(MVN) -q clean
	rm -rf $(DEMO_WAREHOUSE) $(DEMO_WAREHOUSE).wal
