.DEFAULT_GOAL := help
.PHONY: help check test long bench fmt tidy-check golden build image

help: ## Print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## Run all that CI runs, once the machine has the tools (.ci/run installs them)
	.ci/check

test: ## Run the tests with the race detector
	.ci/test

long: ## Run the property and fault tests at full size; takes long
	INNERVIEW_LONG=1 go test -timeout 60m ./...

bench: ## Run the benchmarks
	go test -run '^$$' -bench . ./...

fmt: ## Format the code
	go tool -modfile=.ci/tools/go.mod gofumpt -w .

tidy-check: ## Show what go mod tidy would change
	go mod tidy -diff

golden: ## Write the golden files again; look at the difference before you commit it
	.ci/golden

build: ## Build the static binary ./innerview
	CGO_ENABLED=0 go build -trimpath -o innerview ./cmd/innerview

image: ## Build the container image innerview
	docker build -t innerview .
