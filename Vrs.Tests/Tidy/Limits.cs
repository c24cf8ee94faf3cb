namespace Vrs.Tests.Tidy;

/// <summary>The numbers of docs/style.md.</summary>
internal static class Limits
{
    public const int FileLines = 500;

    public const int FunctionLines = 70;

    public const int LineColumns = 120;

    public const int EnginePairs = 3;
}
