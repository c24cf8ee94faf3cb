namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// What happens to messages on their way. Without one they arrive at once; simulation delays and loses them.
/// </summary>
public interface IMessageTransit
{
    /// <summary>Takes a message along.</summary>
    /// <param name="passage">Which message this is.</param>
    /// <param name="deliver">
    /// Delivers it. Called once, later; or never, and the message is lost; or twice, and a request is served twice.
    /// </param>
    void Carry(Passage passage, Action deliver);
}

/// <summary>A message on its way.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Target">The grain or observer that serves the request.</param>
/// <param name="Method">The method of the request, with its interface.</param>
/// <param name="Number">The request's number, from 1 in each silo.</param>
public readonly record struct Passage(PassageKind Kind, string Target, string Method, long Number);

/// <summary>Kinds of messages.</summary>
public enum PassageKind
{
    /// <summary>A request to a grain.</summary>
    Request,

    /// <summary>A grain's answer.</summary>
    Response,

    /// <summary>A request from grains to an observer outside.</summary>
    ObserverRequest,

    /// <summary>An observer's answer.</summary>
    ObserverResponse,
}
