using Orleans;
using Vrs.Tests.Engine.Surface;

namespace Vrs.Tests.Engine;

/// <summary>The embedded engine's surface holds only what Orleans has, with Orleans' own signatures.</summary>
[Trait("Suite", "Engine")]
public sealed class SurfaceTests
{
    private const string OracleVersion = "10.4.2";

    /// <summary>Types that Orleans has in other assemblies than the one that can be had here, by assembly.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["Orleans.AliasAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.GenerateSerializerAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.IdAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.ImmutableAttribute"] = "Orleans.Serialization.Abstractions",
        ["Orleans.GrainReminderExtensions"] = "Orleans.Reminders",
        ["Orleans.IRemindable"] = "Orleans.Reminders",
        ["Orleans.Runtime.IGrainReminder"] = "Orleans.Reminders",
        ["Orleans.Runtime.TickStatus"] = "Orleans.Reminders",
        ["Orleans.Runtime.IPersistentState`1"] = "Orleans.Runtime",
        ["Orleans.Runtime.PersistentStateAttribute"] = "Orleans.Runtime",
        ["Orleans.Storage.InconsistentStateException"] = "Orleans.Core",
        ["Orleans.Utilities.ObserverManager`1"] = "Orleans.Core",
        ["Orleans.Utilities.ObserverManager`2"] = "Orleans.Core",
    };

    private static readonly SortedDictionary<string, SurfaceType> Ours =
        SurfaceReader.Read(typeof(Grain).Assembly.Location);
    private static readonly SortedDictionary<string, SurfaceType> Theirs = SurfaceReader.Read(OraclePath());

    public static TheoryData<string> Compared() => [.. Ours.Keys.Where(Theirs.ContainsKey)];

    [Fact]
    public void Every_type_is_a_type_of_Orleans()
    {
        Assert.DoesNotContain(Ours.Keys, name => !Theirs.ContainsKey(name) && !Elsewhere.ContainsKey(name));
        Assert.DoesNotContain(Elsewhere.Keys, name => !Ours.ContainsKey(name) || Theirs.ContainsKey(name));
    }

    [Fact]
    public void Enough_is_compared_for_the_comparison_to_mean_something() =>
        Assert.True(Compared().Count >= 20, $"Only {Compared().Count} types are compared.");

    [Theory]
    [MemberData(nameof(Compared))]
    public void Every_member_has_the_signature_it_has_in_Orleans(string name)
    {
        var (ours, theirs) = (Ours[name], Theirs[name]);
        Assert.Equal(theirs.Kind, ours.Kind);
        Assert.Empty(ours.Members.Except(theirs.Members));
        Assert.Empty(ours.Interfaces.Except(theirs.Interfaces));
    }

    [Theory]
    [MemberData(nameof(Compared))]
    public void A_base_type_is_that_of_Orleans_or_left_out(string name) =>
        Assert.Contains(Ours[name].Base, new[] { Theirs[name].Base, "System.Object", "System.Attribute" });

    [Fact]
    public void Enumerations_are_complete()
    {
        var shared = Ours.Where(type => type.Value.Base == "System.Enum" && Theirs.ContainsKey(type.Key));
        foreach (var (name, ours) in shared)
        {
            Assert.True(ours.Members.ToHashSet().SetEquals(Theirs[name].Members), name);
        }
    }

    private static string OraclePath()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Path.Combine(
            packages, "microsoft.orleans.core.abstractions", OracleVersion, "lib", "net10.0",
            "Orleans.Core.Abstractions.dll");
    }
}
