using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

/// <summary>A host that records its output and answers questions in order; without an answer it refuses as
/// `-NonInteractive` does. `#1` is the second choice, whatever its label.</summary>
public sealed class AnsweringHost : PSHost
{
    private readonly AnsweringInterface ui;
    private readonly Guid id = Guid.NewGuid();

    public AnsweringHost(string[] answers) { ui = new AnsweringInterface(answers); }

    /// <summary>The code given to `exit`; -1 if nobody called it.</summary>
    public int ExitCode { get; private set; } = -1;
    public string Text { get { return ui.Shown.ToString(); } }
    public string[] Asked { get { return ui.Asked.ToArray(); } }

    public override CultureInfo CurrentCulture { get { return CultureInfo.GetCultureInfo("en-US"); } }
    public override CultureInfo CurrentUICulture { get { return CultureInfo.GetCultureInfo("en-US"); } }
    public override Guid InstanceId { get { return id; } }
    public override string Name { get { return "AnsweringHost"; } }
    public override Version Version { get { return new Version(1, 0); } }
    public override PSHostUserInterface UI { get { return ui; } }
    public override void EnterNestedPrompt() { throw new NotSupportedException(); }
    public override void ExitNestedPrompt() { throw new NotSupportedException(); }
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { ExitCode = exitCode; }
}

public sealed class AnsweringInterface : PSHostUserInterface
{
    private readonly Queue<string> answers;
    public readonly StringBuilder Shown = new StringBuilder();
    public readonly List<string> Asked = new List<string>();

    public AnsweringInterface(string[] answers) { this.answers = new Queue<string>(answers); }

    private string Answer(string question)
    {
        Asked.Add(question);
        Shown.Append("ASKED: ").AppendLine(question);
        if (answers.Count == 0) throw new PSInvalidOperationException("nobody is there to answer: " + question);
        return answers.Dequeue();
    }

    public override PSHostRawUserInterface RawUI { get { return null; } }
    public override string ReadLine() { return Answer("line"); }
    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (var each in Answer("secret")) secret.AppendChar(each);
        return secret;
    }
    public override void Write(string value) { Shown.Append(value); }
    public override void Write(ConsoleColor front, ConsoleColor back, string value) { Shown.Append(value); }
    public override void WriteLine(string value) { Shown.AppendLine(value); }
    public override void WriteErrorLine(string value) { Shown.Append("ERROR: ").AppendLine(value); }
    public override void WriteWarningLine(string message) { Shown.Append("WARNING: ").AppendLine(message); }
    public override void WriteVerboseLine(string message) { Shown.Append("VERBOSE: ").AppendLine(message); }
    public override void WriteDebugLine(string message) { Shown.Append("DEBUG: ").AppendLine(message); }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> fields)
    {
        var given = new Dictionary<string, PSObject>();
        foreach (var field in fields) given[field.Name] = PSObject.AsPSObject(Answer(caption + " " + message + " " + field.Name));
        return given;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int preset)
    {
        var answer = Answer(caption + " " + message);
        if (answer == "") return preset;
        if (answer.StartsWith("#")) return int.Parse(answer.Substring(1), CultureInfo.InvariantCulture);
        for (var at = 0; at < choices.Count; at++)
        {
            var label = choices[at].Label.Replace("&", "");
            var mark = choices[at].Label.IndexOf('&');
            var letter = mark < 0 ? label : choices[at].Label.Substring(mark + 1, 1);
            if (string.Equals(letter, answer, StringComparison.OrdinalIgnoreCase)) return at;
            if (string.Equals(label, answer, StringComparison.OrdinalIgnoreCase)) return at;
        }
        throw new PSInvalidOperationException("no such answer: " + answer);
    }

    public override PSCredential PromptForCredential(string caption, string message, string user, string target)
    {
        var secret = new SecureString();
        secret.AppendChar('x');
        return new PSCredential(Answer(caption + " " + message), secret);
    }

    public override PSCredential PromptForCredential(string caption, string message, string user, string target, PSCredentialTypes types, PSCredentialUIOptions options)
    {
        return PromptForCredential(caption, message, user, target);
    }
}
