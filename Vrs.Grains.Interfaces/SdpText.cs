using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces;

/// <summary>
/// A session description on its way from one leg to another. It is held in memory only: it prints as its length,
/// and it refuses to be written as JSON, so neither a log nor grain storage can ever keep one.
/// </summary>
/// <param name="text">The SDP, after session policy.</param>
[GenerateSerializer, Immutable, Alias("vrs.SdpText")]
[JsonConverter(typeof(NeverStoredJsonConverter<SdpText>))]
public sealed class SdpText(string text)
{
    /// <summary>The description itself.</summary>
    [Id(0)]
    public string Text { get; } = text;

    public override string ToString() => $"[sdp, {Text.Length} characters]";
}

/// <summary>
/// The body of an in-dialog request on its way through (INFO); held in memory only, like <see cref="SdpText"/>.
/// </summary>
/// <param name="contentType">The body's media type.</param>
/// <param name="text">The body.</param>
[GenerateSerializer, Immutable, Alias("vrs.BodyText")]
[JsonConverter(typeof(NeverStoredJsonConverter<BodyText>))]
public sealed class BodyText(string contentType, string text)
{
    /// <summary>The body's media type, e.g. <c>application/sdp</c>.</summary>
    [Id(0)]
    public string ContentType { get; } = contentType;

    /// <summary>The body itself.</summary>
    [Id(1)]
    public string Text { get; } = text;

    public override string ToString() => $"[{ContentType}, {Text.Length} characters]";
}
