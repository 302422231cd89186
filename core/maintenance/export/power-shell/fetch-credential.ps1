$new = Join-Path $Values.folder ('new-' + [Guid]::NewGuid().ToString('n'))
[void] [System.IO.Directory]::CreateDirectory($new)
try {
  Get-AksHciCredential -name $Values.cluster -configPath $new
  $files = @(Get-ChildItem -LiteralPath $new -File -Recurse)
  if ($files.Count -ne 1) { throw ($Plan.texts.'no-kubeconfig' -f $files.Count) }
  Copy-Item -LiteralPath $files[0].FullName -Destination (Join-Path $Values.folder $Values.file) -Force
} finally {
  Remove-Item -LiteralPath $new -Recurse -Force
}
