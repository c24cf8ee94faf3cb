namespace Vrs.Tests.Engine;

/// <summary>The contract on the engine that this build is for.</summary>
public sealed class EngineContractTests : EngineContract;
