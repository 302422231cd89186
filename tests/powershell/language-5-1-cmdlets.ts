/*
 * The cmdlets of Windows PowerShell 5.1 that scripts of the product call. The check refuses all other cmdlets, so that
 * a developer has to look up a new one first.
 *
 * Sources: for Microsoft.PowerShell.*, the list of all commands of Windows PowerShell 5.1.14393 in PSScriptAnalyzer
 * (Engine/CommandDataFiles/desktop-5.1.14393.206-windows.json); for ScheduledTasks, NetTCPIP, Hyper-V and
 * FailoverClusters, the reference of Windows Server 2019; for Update-Module and Uninstall-Module, the reference of
 * PowerShellGet 2.x, which is installed beside the version that comes with Windows.
 */

/** The parameters of all cmdlets. Source: about_CommonParameters, version 5.1. */
export const COMMON_PARAMETERS: readonly string[] = (
  'Verbose vb Debug db ErrorAction ea WarningAction wa InformationAction infa ErrorVariable ev WarningVariable wv ' +
  'InformationVariable iv OutVariable ov OutBuffer ob PipelineVariable pv'
).split(' ');

const RISK = 'WhatIf Confirm';
const ITEM = `Path LiteralPath Filter Include Exclude Force Credential UseTransaction`;
const SERVICE = `InputObject Name DisplayName PassThru Include Exclude ${RISK}`;
const CIM = 'CimSession ThrottleLimit AsJob';
const LOCATION = 'Path LiteralPath PassThru StackName UseTransaction';

const ROWS: Readonly<Record<string, string>> = {
  'Add-Content': `${ITEM} Value PassThru ${RISK} NoNewline Encoding Stream`,
  'Add-Member':
    'InputObject TypeName PassThru MemberType Name Value SecondValue Force NotePropertyName NotePropertyValue NotePropertyMembers',
  'Clear-Content': `${ITEM} ${RISK} Stream`,
  'Compare-Object':
    'ReferenceObject DifferenceObject SyncWindow Property ExcludeDifferent IncludeEqual PassThru Culture CaseSensitive',
  'ConvertFrom-Json': 'InputObject',
  'ConvertTo-Json': 'InputObject Depth Compress',
  'ConvertTo-SecureString': 'String SecureKey AsPlainText Force Key',
  'Copy-Item': `${ITEM} Destination Container Recurse PassThru ${RISK} FromSession ToSession`,
  'ForEach-Object': `Process InputObject Begin End RemainingScripts MemberName ArgumentList ${RISK}`,
  'Format-List': 'Property GroupBy View ShowError DisplayError Force Expand InputObject',
  'Format-Table':
    'Property AutoSize HideTableHeaders Wrap GroupBy View ShowError DisplayError Force Expand InputObject',
  'Get-Acl': 'Path InputObject LiteralPath Audit AllCentralAccessPolicies Filter Include Exclude UseTransaction',
  'Get-AuthenticodeSignature': 'FilePath LiteralPath SourcePathOrExtension Content',
  'Get-ChildItem':
    'Path LiteralPath Filter Include Exclude Recurse Depth Force Name UseTransaction Attributes Directory File Hidden ReadOnly System',
  'Get-Cluster': 'Name Domain',
  'Get-ClusteredScheduledTask': `TaskName Cluster TaskType ${CIM}`,
  'Get-ClusterGroup': 'Name VMId InputObject Cluster',
  'Get-ClusterNode': 'Name InputObject Cluster',
  'Get-Command':
    'Name ArgumentList Verb Noun Module FullyQualifiedModule CommandType TotalCount Syntax ShowCommandInfo All ListImported ParameterName ParameterType',
  'Get-Content': `${ITEM} ReadCount TotalCount Tail Delimiter Wait Raw Encoding Stream`,
  'Get-Credential': 'Credential UserName Message',
  'Get-Date': 'Date Year Month Day Hour Minute Second Millisecond DisplayHint Format UFormat',
  'Get-ExecutionPolicy': 'Scope List',
  'Get-FileHash': 'Path LiteralPath InputStream Algorithm',
  'Get-Host': '',
  'Get-Item': `${ITEM} Stream`,
  'Get-ItemProperty': 'Path LiteralPath Name Filter Include Exclude Credential UseTransaction',
  'Get-Location': 'PSProvider PSDrive Stack StackName UseTransaction',
  'Get-Member': 'Name InputObject MemberType View Static Force',
  'Get-Module':
    'Name FullyQualifiedName All ListAvailable PSEdition Refresh PSSession CimSession CimResourceUri CimNamespace',
  'Get-NetTCPConnection': `LocalAddress LocalPort RemoteAddress RemotePort State AppliedSetting OwningProcess CreationTime OffloadState ${CIM}`,
  'Get-Process': 'Name Id InputObject ComputerName Module FileVersionInfo IncludeUserName',
  'Get-Random': 'Maximum Minimum SetSeed InputObject Count',
  'Get-ScheduledTask': `TaskName TaskPath ${CIM}`,
  'Get-Service': 'Name ComputerName DependentServices RequiredServices DisplayName Include Exclude InputObject',
  'Get-UICulture': '',
  'Get-Variable': 'Name ValueOnly Include Exclude Scope',
  'Get-VM': 'Name CimSession ComputerName Credential Id ClusterObject',
  'Get-VMNetworkAdapter':
    'IsLegacy CimSession ComputerName Credential VMName VM Name ManagementOS SwitchName All VMSnapshot',
  'Get-WinEvent':
    'LogName ListLog ListProvider ProviderName Path FilterHashtable FilterXml FilterXPath MaxEvents ComputerName Credential Force Oldest',
  'Group-Object': 'Property NoElement AsHashTable AsString InputObject Culture CaseSensitive',
  'Import-Module':
    'Name Global Prefix Function Cmdlet Variable Alias Force PassThru AsCustomObject MinimumVersion MaximumVersion RequiredVersion ArgumentList DisableNameChecking NoClobber Scope PSSession CimSession CimResourceUri CimNamespace FullyQualifiedName Assembly ModuleInfo',
  'Invoke-Command':
    'ScriptBlock FilePath NoNewScope InputObject ArgumentList Session ThrottleLimit AsJob HideComputerName JobName ComputerName Credential Port UseSSL ConfigurationName ApplicationName InDisconnectedSession SessionName SessionOption Authentication EnableNetworkAccess CertificateThumbprint ConnectionUri AllowRedirection VMId VMName ContainerId RunAsAdministrator',
  'Join-Path': 'Path ChildPath Resolve Credential UseTransaction',
  'Measure-Object': 'Property InputObject Sum Average Maximum Minimum Line Word Character IgnoreWhiteSpace',
  'Move-Item': `${ITEM} Destination PassThru ${RISK}`,
  'New-EventLog': 'LogName Source ComputerName CategoryResourceFile MessageResourceFile ParameterResourceFile',
  'New-Guid': '',
  'New-Item': `Path Name ItemType Value Force Credential ${RISK} UseTransaction`,
  'New-Object': 'TypeName ArgumentList Property ComObject Strict',
  'New-ScheduledTaskAction': `Id Execute Argument WorkingDirectory ${CIM}`,
  'New-ScheduledTaskSettingsSet': `DisallowDemandStart DisallowHardTerminate Compatibility DeleteExpiredTaskAfter AllowStartIfOnBatteries Disable MaintenanceExclusive Hidden RunOnlyIfIdle IdleWaitTimeout NetworkId NetworkName DisallowStartOnRemoteAppSession MaintenancePeriod MaintenanceDeadline StartWhenAvailable DontStopIfGoingOnBatteries WakeToRun IdleDuration RestartOnIdle DontStopOnIdleEnd ExecutionTimeLimit MultipleInstances Priority RestartCount RestartInterval RunOnlyIfNetworkAvailable ${CIM}`,
  'New-ScheduledTaskTrigger': `RandomDelay At Once RepetitionDuration RepetitionInterval Daily DaysInterval DaysOfWeek Weekly WeeksInterval AtStartup AtLogOn User ${CIM}`,
  'New-TemporaryFile': RISK,
  'New-TimeSpan': 'Start End Days Hours Minutes Seconds',
  'Out-File': `FilePath LiteralPath Encoding Append Force NoClobber Width NoNewline InputObject ${RISK}`,
  'Out-Host': 'Paging InputObject',
  'Out-Null': 'InputObject',
  'Out-String': 'Stream Width InputObject',
  'Pop-Location': 'PassThru StackName UseTransaction',
  'Push-Location': LOCATION,
  'Read-Host': 'Prompt AsSecureString',
  'Register-ClusteredScheduledTask': `InputObject Cluster TaskName TaskType Resource Xml Settings Description Trigger Action ${CIM}`,
  'Register-ScheduledTask': `Force Password User TaskName TaskPath Action Description Settings Trigger RunLevel Xml Principal InputObject ${CIM}`,
  'Remove-Item': `${ITEM} Recurse ${RISK} Stream`,
  'Remove-Variable': `Name Include Exclude Force Scope ${RISK}`,
  'Rename-Item': `Path LiteralPath NewName Force PassThru Credential ${RISK} UseTransaction`,
  'Resolve-Path': 'Path LiteralPath Relative Credential UseTransaction',
  'Restart-Service': `${SERVICE} Force`,
  'Select-Object': 'Property InputObject ExcludeProperty ExpandProperty Unique Last First Skip Wait SkipLast Index',
  'Select-String':
    'Pattern Path LiteralPath InputObject SimpleMatch CaseSensitive Quiet List Include Exclude NotMatch AllMatches Encoding Context',
  'Set-Acl': `Path InputObject LiteralPath AclObject CentralAccessPolicy ClearCentralAccessPolicy Passthru Filter Include Exclude ${RISK} UseTransaction`,
  'Set-Content': `${ITEM} Value PassThru ${RISK} NoNewline Encoding Stream`,
  'Set-Item': `${ITEM} Value PassThru ${RISK}`,
  'Set-ItemProperty': `${ITEM} Name Value InputObject PassThru ${RISK}`,
  'Set-Location': LOCATION,
  'Set-StrictMode': 'Version Off',
  'Set-Variable': `Name Value Include Exclude Description Option Force Visibility PassThru Scope ${RISK}`,
  'Sort-Object': 'Property Descending Unique InputObject Culture CaseSensitive',
  'Split-Path': 'Path LiteralPath Parent Leaf Qualifier NoQualifier Resolve IsAbsolute Credential UseTransaction',
  'Start-ClusterGroup': 'Name IgnoreLocked ChooseBestNode Wait InputObject Cluster',
  'Start-Process':
    'FilePath ArgumentList Credential WorkingDirectory LoadUserProfile NoNewWindow PassThru RedirectStandardError RedirectStandardInput RedirectStandardOutput WindowStyle Wait UseNewEnvironment Verb',
  'Start-Service': SERVICE,
  'Start-Sleep': 'Seconds Milliseconds',
  'Start-Transcript': `Path LiteralPath OutputDirectory Append Force NoClobber IncludeInvocationHeader ${RISK}`,
  'Stop-Process': `Id Name InputObject PassThru Force ${RISK}`,
  'Stop-Service': `${SERVICE} Force NoWait`,
  'Stop-Transcript': '',
  'Tee-Object': 'FilePath LiteralPath Variable InputObject Append',
  'Test-Connection':
    'ComputerName AsJob DcomAuthentication WsmanAuthentication Protocol BufferSize Count Impersonation ThrottleLimit TimeToLive Delay Source Credential Quiet',
  'Test-NetConnection':
    'ComputerName TraceRoute Hops InformationLevel CommonTCPPort Port DiagnoseRouting ConstrainSourceAddress ConstrainInterface',
  'Test-Path': 'Path LiteralPath Filter Include Exclude PathType IsValid Credential UseTransaction OlderThan NewerThan',
  'Uninstall-Module': `Name InputObject MinimumVersion RequiredVersion MaximumVersion AllVersions Force AllowPrerelease ${RISK}`,
  'Update-Module': `Name RequiredVersion MaximumVersion Credential Scope Proxy ProxyCredential Force AllowPrerelease AcceptLicense PassThru ${RISK}`,
  'Unblock-File': `Path LiteralPath ${RISK}`,
  'Unregister-ClusteredScheduledTask': `InputObject Cluster TaskName ${CIM}`,
  'Unregister-ScheduledTask': `TaskName TaskPath InputObject PassThru ${CIM} ${RISK}`,
  'Where-Object':
    'FilterScript InputObject Property Value EQ CEQ NE CNE GT CGT LT CLT GE CGE LE CLE Like CLike NotLike CNotLike Match CMatch NotMatch CNotMatch Contains CContains NotContains CNotContains In CIn NotIn CNotIn Is IsNot',
  'Write-Debug': 'Message',
  'Write-Error':
    'Message Exception ErrorRecord Category ErrorId TargetObject RecommendedAction CategoryActivity CategoryReason CategoryTargetName CategoryTargetType',
  'Write-EventLog': 'LogName Source EventId EntryType Message Category RawData ComputerName',
  'Write-Host': 'Object NoNewline Separator ForegroundColor BackgroundColor',
  'Write-Information': 'MessageData Tags',
  'Write-Output': 'InputObject NoEnumerate',
  'Write-Progress': 'Activity Status Id PercentComplete SecondsRemaining CurrentOperation ParentId Completed SourceId',
  'Write-Verbose': 'Message',
  'Write-Warning': 'Message',
};

export const CMDLETS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => [name, row.split(' ').filter((word) => word !== '')]),
);
