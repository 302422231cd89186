# Judges command lines: does PowerShell parse them, and do the called cmdlets accept their arguments?
#
# Work    JSON file: { modules: [name], safe: [name], elsewhere: [name], lines: [text] }. Cmdlets of the modules and
#         safe ones run; commands that are elsewhere do not exist on this machine.
# Result  JSON file: for each line [parse errors, errors of the binder], with null for the latter if it cannot run
param([string] $Work, [string] $Result)

$asked = [IO.File]::ReadAllText($Work) | ConvertFrom-Json
Import-Module Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management
# Prevents a search of every module on the machine for an unknown name.
$PSModuleAutoLoadingPreference = 'None'
foreach ($module in $asked.modules) {
    Import-Module $module -DisableNameChecking
    # Only the binding counts: no questions, no records, no output.
    & (Get-Module $module) { function script:Invoke-Stub { } }
}
$elsewhere = [Collections.Generic.HashSet[string]]::new([string[]] $asked.elsewhere, [StringComparer]::OrdinalIgnoreCase)
$harmless = [Collections.Generic.HashSet[string]]::new([string[]] $asked.safe, [StringComparer]::OrdinalIgnoreCase)

# Variables that the lines use.
$object = [pscredential]::new('value', [securestring]::new())
$name = 'retail-east'
$parameters = @{}
$more = @{}

# CommandNotFound: PowerShell finds no such command. NotHere: it exists on Windows, or must not be run here.
function Get-Obstacle($ast, $tokens) {
    foreach ($statement in $ast.EndBlock.Statements) {
        # A job would be another process.
        if ($statement.Background) { return 'NotHere' }
    }
    foreach ($token in $tokens) {
        if (-not ($token.TokenFlags -band [Management.Automation.Language.TokenFlags]::CommandName)) { continue }
        $known = Get-Command $token.Text -ErrorAction Ignore
        if ($null -ne $known -and $known.CommandType -eq 'Function') { continue }
        if ($harmless.Contains($token.Text)) { continue }
        if ($null -ne $known -or $elsewhere.Contains(($token.Text -replace '\.exe$'))) { return 'NotHere' }
        # After `--`, parameters carry that flag, too.
        $called = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        if ($token.Text -in @($called | ForEach-Object { $_.GetCommandName() })) { return 'CommandNotFound' }
    }
}

function Get-Fault([string] $line) {
    try { . ([scriptblock]::Create($line)) *> $null } catch { $_.FullyQualifiedErrorId }
}

$judged = foreach ($line in $asked.lines) {
    $faults = $null
    $tokens = $null
    $ast = [Management.Automation.Language.Parser]::ParseInput($line, [ref] $tokens, [ref] $faults)
    $parse = @($faults | ForEach-Object ErrorId)
    if ($parse.Count -gt 0) { , @($parse, @()); continue }
    $obstacle = Get-Obstacle $ast $tokens
    if ($obstacle -eq 'NotHere') { , @(@(), $null); continue }
    if ($obstacle) { , @(@(), @($obstacle)); continue }
    $Error.Clear()
    Get-Fault $line | Out-Null
    , @(@(), @($Error | ForEach-Object FullyQualifiedErrorId))
}
[IO.File]::WriteAllText($Result, (ConvertTo-Json -InputObject @($judged) -Depth 4 -Compress))
