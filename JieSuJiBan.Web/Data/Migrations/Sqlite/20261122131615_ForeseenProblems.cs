using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ForeseenProblems : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CalendarYears",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: false),
                    Days = table.Column<string>(type: "TEXT", nullable: false),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CalendarYears", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Foreseen",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ClockAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ToldUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Why = table.Column<string>(type: "TEXT", nullable: false),
                    Category = table.Column<string>(type: "TEXT", nullable: false),
                    FromDay = table.Column<int>(type: "INTEGER", nullable: false),
                    ToDay = table.Column<int>(type: "INTEGER", nullable: false),
                    Lead = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CoUnits = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsListed = table.Column<bool>(type: "INTEGER", nullable: false),
                    ProposedBy = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Whistle = table.Column<Guid>(type: "TEXT", nullable: true),
                    WhistleNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Foreseen", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ForeseenStandBys",
                columns: table => new
                {
                    ProblemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    WarnDay = table.Column<int>(type: "INTEGER", nullable: false),
                    BeginDay = table.Column<int>(type: "INTEGER", nullable: false),
                    IsInForce = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForeseenStandBys", x => new { x.ProblemId, x.Unit });
                    table.ForeignKey(
                        name: "FK_ForeseenStandBys_Foreseen_ProblemId",
                        column: x => x.ProblemId,
                        principalTable: "Foreseen",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ForeseenSteps",
                columns: table => new
                {
                    ProblemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Offset = table.Column<int>(type: "INTEGER", nullable: false),
                    DueDay = table.Column<int>(type: "INTEGER", nullable: false),
                    WarnDay = table.Column<int>(type: "INTEGER", nullable: false),
                    EndDay = table.Column<int>(type: "INTEGER", nullable: false),
                    IsInForce = table.Column<bool>(type: "INTEGER", nullable: false),
                    StartedUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Person = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    PlannedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    FinishedUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    WarnedUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Evidence = table.Column<string>(type: "TEXT", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ForeseenSteps", x => new { x.ProblemId, x.No });
                    table.ForeignKey(
                        name: "FK_ForeseenSteps_Foreseen_ProblemId",
                        column: x => x.ProblemId,
                        principalTable: "Foreseen",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Foreseen_ClockAt",
                table: "Foreseen",
                column: "ClockAt");

            migrationBuilder.CreateIndex(
                name: "IX_Foreseen_District_State_FromDay",
                table: "Foreseen",
                columns: new[] { "District", "State", "FromDay" });

            migrationBuilder.CreateIndex(
                name: "IX_Foreseen_District_Title",
                table: "Foreseen",
                columns: new[] { "District", "Title" },
                unique: true,
                filter: "\"IsListed\"");

            migrationBuilder.CreateIndex(
                name: "IX_ForeseenStandBys_Unit_IsInForce",
                table: "ForeseenStandBys",
                columns: new[] { "Unit", "IsInForce" });

            migrationBuilder.CreateIndex(
                name: "IX_ForeseenSteps_Unit_IsInForce",
                table: "ForeseenSteps",
                columns: new[] { "Unit", "IsInForce" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CalendarYears");

            migrationBuilder.DropTable(
                name: "ForeseenStandBys");

            migrationBuilder.DropTable(
                name: "ForeseenSteps");

            migrationBuilder.DropTable(
                name: "Foreseen");
        }
    }
}
