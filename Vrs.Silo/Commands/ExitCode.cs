namespace Vrs.Silo.Commands;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Done = 0;

    /// <summary>It did not work; the reason is on standard error.</summary>
    public const int Failed = 1;
}
