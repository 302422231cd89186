# Finds code in scripts that Windows PowerShell 5.1 does not support, using PowerShell's own syntax tree.
#
# Work    JSON file: { scripts: [text], facts: features of 5.1, see language-5-1.ts }
# Result  JSON file: for each script a list of findings, `line: what`
param([string] $Work, [string] $Result)

$asked = [IO.File]::ReadAllText($Work) | ConvertFrom-Json -AsHashtable
$facts = $asked.facts
function New-Set($names) { , [Collections.Generic.HashSet[string]]::new([string[]] @($names), [StringComparer]::OrdinalIgnoreCase) }
$common = New-Set $facts.common
$variables = New-Set $facts.variables
$methods = New-Set $facts.methods
$own = New-Set $facts.own
$programs = New-Set $facts.programs
$encodings = New-Set $facts.encodings
$cmdlets = @{}
foreach ($name in $facts.cmdlets.Keys) { $cmdlets[$name] = New-Set $facts.cmdlets[$name] }
$types = @{}
foreach ($name in $facts.types.Keys) { $types[$name] = New-Set $facts.types[$name] }

# A number with the suffixes that 5.1 knows.
$number = '^-?(0x[0-9a-f]+|(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?)[ld]?([kmgtp]b)?$'
# An escape of 6.0 and later: after an even number of backticks.
$escape = '(?<!`)(``)*`(e|u\{)'

function Get-TypeKey([string] $name) { ($name -replace '(\[[,]*\])+$') -replace '^System\.' }
function Get-Constant($ast) { if ($ast -is [Management.Automation.Language.StringConstantExpressionAst]) { $ast.Value } }

function Test-Command($ast, $context) {
    $name = $ast.GetCommandName()
    # The name of a command in a variable was checked where it was written.
    if ($null -eq $name) { return }
    if ($facts.aliases.ContainsKey($name)) { $name = $facts.aliases[$name] }
    if ($context.functions.Contains($name) -or $own.Contains($name) -or $programs.Contains($name)) { return }
    if (-not $cmdlets.ContainsKey($name)) { "command that is not in the table: $name"; return }
    $known = $cmdlets[$name]
    $positions = 0
    $elements = @($ast.CommandElements | Select-Object -Skip 1)
    for ($at = 0; $at -lt $elements.Count; $at++) {
        $element = $elements[$at]
        if ($element -is [Management.Automation.Language.CommandParameterAst]) {
            $parameter = $element.ParameterName
            if (-not $known.Contains($parameter) -and -not $common.Contains($parameter)) { "parameter: $name -$parameter" }
            $value = $element.Argument
            if ($null -eq $value) { $value = $elements[$at + 1] }
            $constant = Get-Constant $value
            if ($parameter -eq 'Encoding' -and $null -ne $constant -and -not $encodings.Contains($constant)) { "encoding: $constant" }
            if ($parameter -like '*Action' -and $constant -eq 'Break') { "preference: $constant" }
            if ($null -ne $constant -and $null -eq $element.Argument) { $at++ }
        }
        elseif ($element -is [Management.Automation.Language.VariableExpressionAst] -and $element.Splatted) {
            $keys = $context.tables[$element.VariablePath.UserPath]
            if ($null -eq $keys) { "splatting of what cannot be seen: $name $element" }
            foreach ($key in $keys) { if (-not $known.Contains($key) -and -not $common.Contains($key)) { "parameter: $name -$key" } }
        }
        elseif (-not ($at -gt 0 -and $elements[$at - 1] -is [Management.Automation.Language.CommandParameterAst])) { $positions++ }
    }
    if ($name -eq 'Join-Path' -and $positions -gt 2) { 'Join-Path with more than two parts' }
    if ($name -eq 'New-Object') {
        $type = $elements | ForEach-Object { Get-Constant $_ } | Select-Object -First 1
        if ($null -ne $type -and -not $types.ContainsKey((Get-TypeKey $type))) { "type: $type" }
    }
}

function Test-Type([string] $name, $context) {
    $key = Get-TypeKey $name
    if (-not $types.ContainsKey($key) -and -not $context.classes.Contains($key)) { "type: $name" }
}

function Test-Member($ast, $context) {
    if ($ast.NullConditional) { 'operator: ?.' }
    $member = Get-Constant $ast.Member
    if ($null -eq $member) { return }
    $isCall = $ast -is [Management.Automation.Language.InvokeMemberExpressionAst]
    if ($isCall) { $member = '{0}({1})' -f $member, @($ast.Arguments).Where({ $null -ne $_ }).Count }
    if ($ast.Static -and $ast.Expression -is [Management.Automation.Language.TypeExpressionAst]) {
        $type = $ast.Expression.TypeName.FullName
        $key = Get-TypeKey $type
        if ($context.classes.Contains($key)) { return }
        if ($types.ContainsKey($key) -and -not $types[$key].Contains($member)) { "member: [$type]::$member" }
    }
    # Most properties belong to JSON documents, so only calls can be judged.
    elseif ($isCall -and -not $methods.Contains($member) -and -not $context.methods.Contains(($member -replace '\(.*'))) { "member: .$member" }
}

function Test-Variable($ast, $context) {
    $path = $ast.VariablePath
    if ($path.IsDriveQualified) { return }
    $name = $path.UserPath -replace '^(global|script|local|private|using):'
    if (-not $context.assigned.Contains($name) -and -not $variables.Contains($name)) { "variable: `$$name" }
}

# Kinds of nodes that may be newer; most nodes of a tree are not among them.
$judged = New-Set @(
    'TernaryExpressionAst', 'PipelineChainAst', 'PipelineAst', 'BinaryExpressionAst', 'AssignmentStatementAst'
    'IndexExpressionAst', 'ScriptBlockAst', 'TypeDefinitionAst', 'CommandAst', 'TypeExpressionAst', 'TypeConstraintAst'
    'AttributeAst', 'MemberExpressionAst', 'InvokeMemberExpressionAst', 'VariableExpressionAst'
)

function Test-Node($ast, $context) {
    switch ($ast.GetType().Name) {
        'TernaryExpressionAst' { 'operator: ? :' }
        'PipelineChainAst' { "operator: $(if ($ast.Operator -eq 'AndAnd') { '&&' } else { '||' })" }
        'BinaryExpressionAst' {
            if ($ast.Operator -eq 'QuestionQuestion') { 'operator: ??' }
            $isText = $ast.Left, $ast.Right | Where-Object { $null -ne (Get-Constant $_) }
            if ($ast.Operator -eq 'DotDot' -and $isText) { 'range of letters' }
        }
        'AssignmentStatementAst' { if ($ast.Operator -eq 'QuestionQuestionEquals') { 'operator: ??=' } }
        'IndexExpressionAst' { if ($ast.NullConditional) { 'operator: ?[' } }
        'ScriptBlockAst' { if ($null -ne $ast.CleanBlock) { 'block: clean' } }
        'TypeDefinitionAst' { if ($ast.IsEnum -and $ast.BaseTypes.Count -gt 0) { 'enum with a type' } }
        'CommandAst' { Test-Command $ast $context }
        { $_ -in 'TypeExpressionAst', 'TypeConstraintAst', 'AttributeAst' } { Test-Type $ast.TypeName.FullName $context }
        { $_ -in 'MemberExpressionAst', 'InvokeMemberExpressionAst' } { Test-Member $ast $context }
        'VariableExpressionAst' { Test-Variable $ast $context }
    }
    if ($ast -is [Management.Automation.Language.PipelineBaseAst] -and $ast.Background) { 'operator: &' }
}

function Test-Token($token, $before) {
    $kind = $token.Kind
    if ($kind -eq 'Number' -and $token.Text -notmatch $number) { "number: $($token.Text)" }
    $isText = $token -is [Management.Automation.Language.StringExpandableToken]
    if (($isText -or $kind -eq 'Generic') -and $token.Text -match $escape) { "escape in $($token.Text)" }
    if ($kind -eq 'Pipe' -and $before -eq 'NewLine') { 'pipe at the beginning of a line' }
}

# Definitions of the script itself, which its commands, types and variables may refer to.
function Get-Context($nodes) {
    $context = @{ functions = New-Set @(); classes = New-Set @(); methods = New-Set @(); assigned = New-Set @(); tables = @{} }
    foreach ($node in $nodes) {
        switch ($node.GetType().Name) {
            'FunctionDefinitionAst' { [void] $context.functions.Add($node.Name) }
            'TypeDefinitionAst' { [void] $context.classes.Add($node.Name) }
            'FunctionMemberAst' { [void] $context.methods.Add($node.Name) }
            'ParameterAst' { [void] $context.assigned.Add($node.Name.VariablePath.UserPath) }
            'ForEachStatementAst' { [void] $context.assigned.Add($node.Variable.VariablePath.UserPath) }
            'CommandParameterAst' {
                if ($node.ParameterName -match 'Variable$|^[eowi]v$|^pv$') {
                    $next = $node.Parent.CommandElements[$node.Parent.CommandElements.IndexOf($node) + 1]
                    $name = Get-Constant $next
                    if ($name) { [void] $context.assigned.Add(($name -replace '^\+')) }
                }
            }
            'AssignmentStatementAst' {
                foreach ($each in $node.Left.FindAll({ $args[0] -is [Management.Automation.Language.VariableExpressionAst] }, $false)) {
                    $name = $each.VariablePath.UserPath -replace '^(global|script|local|private):'
                    [void] $context.assigned.Add($name)
                    if (-not $context.tables.ContainsKey($name)) { $context.tables[$name] = @() }
                    # A table of parameters, or another entry of one.
                    foreach ($table in $node.Right.FindAll({ $args[0] -is [Management.Automation.Language.HashtableAst] }, $false)) {
                        $context.tables[$name] += @($table.KeyValuePairs | ForEach-Object { Get-Constant $_.Item1 })
                    }
                    if ($node.Left -is [Management.Automation.Language.MemberExpressionAst]) { $context.tables[$name] += @(Get-Constant $node.Left.Member) }
                    if ($node.Left -is [Management.Automation.Language.IndexExpressionAst]) { $context.tables[$name] += @(Get-Constant $node.Left.Index) }
                }
            }
        }
    }
    $context
}

function Get-Finding([string] $text) {
    $tokens = $null
    $faults = $null
    $tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $tokens, [ref] $faults)
    foreach ($fault in $faults) { "$($fault.Extent.StartLineNumber): cannot be parsed: $($fault.Message)" }
    $nodes = @($tree.FindAll({ $true }, $true))
    $context = Get-Context $nodes
    foreach ($node in $nodes) {
        if (-not $judged.Contains($node.GetType().Name)) { continue }
        foreach ($what in Test-Node $node $context) { "$($node.Extent.StartLineNumber): $what" }
    }
    $before = 'NewLine'
    foreach ($token in $tokens) {
        foreach ($what in Test-Token $token $before) { "$($token.Extent.StartLineNumber): $what" }
        if ($token.Kind -ne 'Comment') { $before = $token.Kind }
    }
}

$found = foreach ($text in $asked.scripts) { , @(Get-Finding $text) }
[IO.File]::WriteAllText($Result, (ConvertTo-Json -InputObject @($found) -Depth 3 -Compress))
