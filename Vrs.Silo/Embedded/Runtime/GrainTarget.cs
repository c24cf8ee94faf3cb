using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Messages to one grain.</summary>
/// <param name="Silo">Where it lives.</param>
/// <param name="Class">Its class.</param>
/// <param name="Identity">Which grain.</param>
internal sealed record GrainTarget(EmbeddedSilo Silo, GrainClass Class, GrainIdentity Identity) : IMessageTarget
{
    public string Key => Identity.Key;

    public void Send(Request request) => Silo.Send(this, request);

    public bool Equals(GrainTarget? other) => other is not null && Identity == other.Identity && Silo == other.Silo;

    public override int GetHashCode() => Identity.GetHashCode();

    public override string ToString() => Identity.ToString();
}
